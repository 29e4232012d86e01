/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/pdcp.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_PDCP_GEN_H
#define _LINUX_PDCP_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/pdcp.h>

/* Common nested types */
extern const struct nla_policy pdcp_bearer_target_nl_policy[PDCP_A_BEARER_TARGET_ACTION + 1];
extern const struct nla_policy pdcp_leg_nl_policy[PDCP_A_LEG_STATE + 1];
extern const struct nla_policy pdcp_leg_state_nl_policy[PDCP_A_LEG_STATE_FRAMES_LOST + 1];

int pdcp_nl_pre_doit(const struct genl_split_ops *ops, struct sk_buff *skb,
		     struct genl_info *info);
int pdcp_nl_device_set_pre_doit(const struct genl_split_ops *ops,
				struct sk_buff *skb, struct genl_info *info);
void
pdcp_nl_post_doit(const struct genl_split_ops *ops, struct sk_buff *skb,
		  struct genl_info *info);
void
pdcp_nl_device_set_post_doit(const struct genl_split_ops *ops,
			     struct sk_buff *skb, struct genl_info *info);

int pdcp_nl_device_get_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_device_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int pdcp_nl_device_set_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_ue_new_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_ue_get_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_ue_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int pdcp_nl_ue_del_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_security_new_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_security_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);
int pdcp_nl_security_del_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_ledger_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int pdcp_nl_bearer_new_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_bearer_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int pdcp_nl_bearer_set_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_bearer_del_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_bearer_reestablish_doit(struct sk_buff *skb,
				    struct genl_info *info);
int pdcp_nl_bearer_recover_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_bearer_suspend_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_bearer_resume_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_daps_start_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_daps_switch_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_daps_release_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_daps_fallback_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_source_failed_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_daps_abort_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_status_get_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_status_set_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_sdu_send_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_sdu_discard_doit(struct sk_buff *skb, struct genl_info *info);
int pdcp_nl_pdu_input_doit(struct sk_buff *skb, struct genl_info *info);

enum {
	PDCP_NLGRP_EVENTS,
};

extern struct genl_family pdcp_nl_family;

#endif /* _LINUX_PDCP_GEN_H */
