/* SPDX-License-Identifier: GPL-2.0 */
/* Tracepoints; Documentation/tracing.rst tells what their fields mean. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM pdcp

#if !defined(_PDCP_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _PDCP_TRACE_H

#include <linux/tracepoint.h>
#include <net/net_namespace.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/names-gen.h"
#include "pdcp/ue.h"

TRACE_DEFINE_ENUM(PDCP_BEARER_TYPE_SRB);
TRACE_DEFINE_ENUM(PDCP_BEARER_TYPE_DRB);
TRACE_DEFINE_ENUM(PDCP_LEG_ROLE_SOURCE);
TRACE_DEFINE_ENUM(PDCP_LEG_ROLE_TARGET);
TRACE_DEFINE_ENUM(PDCP_LEG_ROLE_SECONDARY);

#define show_type(type) \
	__print_symbolic(type, { PDCP_BEARER_TYPE_SRB, "srb" }, { PDCP_BEARER_TYPE_DRB, "drb" })

#define show_leg(role) \
	__print_symbolic(role, { PDCP_LEG_ROLE_SOURCE, "source" }, \
			 { PDCP_LEG_ROLE_TARGET, "target" }, \
			 { PDCP_LEG_ROLE_SECONDARY, "secondary" })

/* A PDU on a leg; a Control PDU has no COUNT. */
DECLARE_EVENT_CLASS(pdcp_pdu,
	TP_PROTO(const struct pdcp_leg *leg, bool control, u32 count, u32 len),
	TP_ARGS(leg, control, count, len),

	TP_STRUCT__entry(
		__string(dev, leg->entity->ue->pdcp->dev->name)
		__field(u32, netns)
		__field(u32, ifindex)
		__field(u32, ue)
		__field(u32, count)
		__field(u32, len)
		__field(u8, type)
		__field(u8, bearer)
		__field(u8, leg)
		__field(u8, control)
	),

	TP_fast_assign(
		const struct pdcp_entity *e = leg->entity;
		const struct net_device *dev = e->ue->pdcp->dev;

		__assign_str(dev);
		__entry->netns = dev_net(dev)->ns.inum;
		__entry->ifindex = dev->ifindex;
		__entry->ue = e->ue->config.id;
		__entry->count = count;
		__entry->len = len;
		__entry->type = e->config.type;
		__entry->bearer = e->config.id;
		__entry->leg = pdcp_entity_role(e, leg->slot);
		__entry->control = control;
	),

	TP_printk("netns=%u ifindex=%u dev=%s ue=%u bearer=%s%u leg=%s control=%u count=%u len=%u",
		  __entry->netns, __entry->ifindex, __get_str(dev), __entry->ue,
		  show_type(__entry->type), __entry->bearer, show_leg(__entry->leg),
		  __entry->control, __entry->count, __entry->len)
);

DEFINE_EVENT(pdcp_pdu, pdcp_tx,
	TP_PROTO(const struct pdcp_leg *leg, bool control, u32 count, u32 len),
	TP_ARGS(leg, control, count, len));

DEFINE_EVENT(pdcp_pdu, pdcp_rx,
	TP_PROTO(const struct pdcp_leg *leg, bool control, u32 count, u32 len),
	TP_ARGS(leg, control, count, len));

/* No entity: UE and bearer are 0. */
TRACE_EVENT(pdcp_drop,
	TP_PROTO(const struct pdcp_device *pdcp, const struct pdcp_entity *e,
		 enum pdcp_drop_reason reason, u32 packets, u32 len),
	TP_ARGS(pdcp, e, reason, packets, len),

	TP_STRUCT__entry(
		__string(dev, pdcp->dev->name)
		__string(reason, pdcp_drop_reason_names[reason])
		__field(u32, netns)
		__field(u32, ifindex)
		__field(u32, ue)
		__field(u32, packets)
		__field(u32, len)
		__field(u8, type)
		__field(u8, bearer)
	),

	TP_fast_assign(
		__assign_str(dev);
		__assign_str(reason);
		__entry->netns = dev_net(pdcp->dev)->ns.inum;
		__entry->ifindex = pdcp->dev->ifindex;
		__entry->ue = e ? e->ue->config.id : 0;
		__entry->packets = packets;
		__entry->len = len;
		__entry->type = e ? e->config.type : 0;
		__entry->bearer = e ? e->config.id : 0;
	),

	TP_printk("netns=%u ifindex=%u dev=%s ue=%u bearer=%s%u reason=%s packets=%u len=%u",
		  __entry->netns, __entry->ifindex, __get_str(dev), __entry->ue,
		  __entry->bearer ? show_type(__entry->type) : "", __entry->bearer,
		  __get_str(reason), __entry->packets, __entry->len)
);

/* Before the step has any effect, since what a leg's role is changes with it. */
TRACE_EVENT(pdcp_handover,
	TP_PROTO(const struct pdcp_ue *ue, enum pdcp_handover_end end,
		 enum pdcp_handover_state state),
	TP_ARGS(ue, end, state),

	TP_STRUCT__entry(
		__string(dev, ue->pdcp->dev->name)
		__string(cause, pdcp_handover_end_names[end])
		__string(state, pdcp_handover_state_names[state])
		__field(u32, netns)
		__field(u32, ifindex)
		__field(u32, ue)
	),

	TP_fast_assign(
		__assign_str(dev);
		__assign_str(cause);
		__assign_str(state);
		__entry->netns = dev_net(ue->pdcp->dev)->ns.inum;
		__entry->ifindex = ue->pdcp->dev->ifindex;
		__entry->ue = ue->config.id;
	),

	TP_printk("netns=%u ifindex=%u dev=%s ue=%u cause=%s state=%s",
		  __entry->netns, __entry->ifindex, __get_str(dev), __entry->ue,
		  __get_str(cause), __get_str(state))
);

#endif /* _PDCP_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH pdcp
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
