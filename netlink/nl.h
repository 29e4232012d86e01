/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_NL_H
#define _PDCP_NL_H

#include <linux/atomic.h>
#include <linux/netdevice.h>
#include <linux/types.h>
#include <net/genetlink.h>

#include "netlink/netlink-gen.h"

struct pdcp_address;
struct pdcp_device;
struct pdcp_entity;
struct pdcp_entity_config;
struct pdcp_event_ops;
struct pdcp_leg;
struct pdcp_leg_config;
struct pdcp_ue;

/**
 * struct pdcp_nl_dump - where a dump goes on
 * @next: first object that is still to be shown: ifindex, UE identity, or index
 *
 * An identity and not a pointer: the device is unlocked between two messages.
 */
struct pdcp_nl_dump {
	unsigned long next;
};

static inline struct pdcp_nl_dump *pdcp_nl_dump(struct netlink_callback *cb)
{
	NL_ASSERT_DUMP_CTX_FITS(struct pdcp_nl_dump);
	return (struct pdcp_nl_dump *)cb->ctx;
}

/* The device of a request: locked from before its handler until after it. */
static inline struct pdcp_device *pdcp_nl_device(const struct genl_info *info)
{
	return info->user_ptr[0];
}

/* netlink.c */
int pdcp_nl_check(struct sk_buff *skb, const struct genl_info *info, struct nlattr **attrs);
struct pdcp_device *pdcp_nl_device_lock(const struct genl_info *info, netdevice_tracker *tracker);
void pdcp_nl_device_unlock(struct pdcp_device *pdcp, netdevice_tracker *tracker);
struct pdcp_ue *pdcp_nl_ue(struct pdcp_device *pdcp, const struct genl_info *info);
int pdcp_nl_put_drops(struct sk_buff *skb, int type, const atomic64_t *drops);

/* address.c */
int pdcp_nl_parse_address(const struct nlattr *attr, const char *name,
			  struct pdcp_address *address,
			  struct netlink_ext_ack *extack);
int pdcp_nl_put_address(struct sk_buff *skb, int type,
			const struct pdcp_address *address);

/* leg.c */
int pdcp_nl_parse_leg(const struct nlattr *nest, struct pdcp_leg_config *leg,
		      struct netlink_ext_ack *extack);
int pdcp_nl_put_leg(struct sk_buff *skb, struct pdcp_leg *leg,
		    enum pdcp_leg_role role, bool active);

/* config.c */
int pdcp_nl_parse_t_reordering(const struct genl_info *info, u32 *ms);
int pdcp_nl_parse_config(const struct genl_info *info, const struct pdcp_ue *ue,
			 struct pdcp_entity_config *config);

/* bearer.c */
const char *pdcp_nl_type_name(enum pdcp_bearer_type type);
struct pdcp_entity *pdcp_nl_find(struct pdcp_ue *ue, enum pdcp_bearer_type type,
				 u8 id, enum pdcp_leg_role role);
struct pdcp_entity *pdcp_nl_bearer(struct pdcp_ue *ue, const struct genl_info *info);
struct pdcp_entity *pdcp_nl_entity(struct pdcp_ue *ue, const struct genl_info *info,
				   bool prefer_target);
struct pdcp_entity *pdcp_nl_numbering(const struct genl_info *info);

/* event.c */
extern const struct pdcp_event_ops pdcp_nl_events;

#endif /* _PDCP_NL_H */
