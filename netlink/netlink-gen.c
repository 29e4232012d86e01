// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/pdcp.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "netlink-gen.h"

#include <uapi/linux/pdcp.h>

/* Integer value ranges */
static const struct netlink_range_validation pdcp_a_ue_t304_range = {
	.min	= 1ULL,
	.max	= 600000ULL,
};

static const struct netlink_range_validation pdcp_a_bearer_queue_limit_range = {
	.min	= 1ULL,
	.max	= 262144ULL,
};

static const struct netlink_range_validation pdcp_a_bearer_kept_limit_range = {
	.min	= 1ULL,
	.max	= 131072ULL,
};

static const struct netlink_range_validation pdcp_a_bearer_window_limit_range = {
	.min	= 65536ULL,
	.max	= 4294967295ULL,
};

/* Common nested types */
const struct nla_policy pdcp_bearer_target_nl_policy[PDCP_A_BEARER_TARGET_ACTION + 1] = {
	[PDCP_A_BEARER_TARGET_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_TARGET_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
	[PDCP_A_BEARER_TARGET_LEG] = NLA_POLICY_NESTED(pdcp_leg_nl_policy),
	[PDCP_A_BEARER_TARGET_ACTION] = NLA_POLICY_MAX(NLA_U32, 2),
};

const struct nla_policy pdcp_leg_nl_policy[PDCP_A_LEG_STATE + 1] = {
	[PDCP_A_LEG_LOWER] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_LEG_REMOTE] = { .type = NLA_BINARY, },
	[PDCP_A_LEG_LOCAL] = { .type = NLA_BINARY, },
	[PDCP_A_LEG_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[PDCP_A_LEG_TEID_IN] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_LEG_TEID_OUT] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_LEG_NRU] = NLA_POLICY_MAX(NLA_U8, 1),
	[PDCP_A_LEG_NRU_LOSS] = NLA_POLICY_MAX(NLA_U8, 1),
	[PDCP_A_LEG_STATE] = NLA_POLICY_NESTED(pdcp_leg_state_nl_policy),
};

const struct nla_policy pdcp_leg_state_nl_policy[PDCP_A_LEG_STATE_FRAMES_LOST + 1] = {
	[PDCP_A_LEG_STATE_ROLE] = NLA_POLICY_MAX(NLA_U32, 2),
	[PDCP_A_LEG_STATE_SET] = { .type = NLA_U8, },
	[PDCP_A_LEG_STATE_ACTIVE] = { .type = NLA_FLAG, },
	[PDCP_A_LEG_STATE_TX_PDUS] = { .type = NLA_UINT, },
	[PDCP_A_LEG_STATE_TX_BYTES] = { .type = NLA_UINT, },
	[PDCP_A_LEG_STATE_TX_NEXT] = { .type = NLA_U32, },
	[PDCP_A_LEG_STATE_RX_PDUS] = { .type = NLA_UINT, },
	[PDCP_A_LEG_STATE_RX_BYTES] = { .type = NLA_UINT, },
	[PDCP_A_LEG_STATE_INTEGRITY_FAILURES] = { .type = NLA_UINT, },
	[PDCP_A_LEG_STATE_STATUS_ASKED] = { .type = NLA_UINT, },
	[PDCP_A_LEG_STATE_STATUS_RECEIVED] = { .type = NLA_UINT, },
	[PDCP_A_LEG_STATE_STATUS_SENT] = { .type = NLA_UINT, },
	[PDCP_A_LEG_STATE_FRAMES_LOST] = { .type = NLA_UINT, },
};

/* PDCP_CMD_DEVICE_GET - do */
static const struct nla_policy pdcp_device_get_nl_policy[PDCP_A_DEVICE_IFINDEX + 1] = {
	[PDCP_A_DEVICE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* PDCP_CMD_DEVICE_SET - do */
static const struct nla_policy pdcp_device_set_nl_policy[PDCP_A_DEVICE_PORT + 1] = {
	[PDCP_A_DEVICE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_DEVICE_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
};

/* PDCP_CMD_UE_NEW - do */
static const struct nla_policy pdcp_ue_new_nl_policy[PDCP_A_UE_TEST_MODE + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_UE_ROLE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_UE_ADDRESS] = { .type = NLA_BINARY, },
	[PDCP_A_UE_TEST_MODE] = { .type = NLA_FLAG, },
};

/* PDCP_CMD_UE_GET - do */
static const struct nla_policy pdcp_ue_get_do_nl_policy[PDCP_A_UE_UE_ID + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_UE_GET - dump */
static const struct nla_policy pdcp_ue_get_dump_nl_policy[PDCP_A_UE_IFINDEX + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* PDCP_CMD_UE_DEL - do */
static const struct nla_policy pdcp_ue_del_nl_policy[PDCP_A_UE_UE_ID + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_SECURITY_NEW - do */
static const struct nla_policy pdcp_security_new_nl_policy[PDCP_A_SECURITY_UP_INT + 1] = {
	[PDCP_A_SECURITY_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_SECURITY_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_SECURITY_SET] = NLA_POLICY_MAX(NLA_U8, 15),
	[PDCP_A_SECURITY_NEA] = NLA_POLICY_MAX(NLA_U8, 3),
	[PDCP_A_SECURITY_NIA] = NLA_POLICY_MAX(NLA_U8, 3),
	[PDCP_A_SECURITY_RRC_ENC] = NLA_POLICY_EXACT_LEN(PDCP_KEY_LEN),
	[PDCP_A_SECURITY_RRC_INT] = NLA_POLICY_EXACT_LEN(PDCP_KEY_LEN),
	[PDCP_A_SECURITY_UP_ENC] = NLA_POLICY_EXACT_LEN(PDCP_KEY_LEN),
	[PDCP_A_SECURITY_UP_INT] = NLA_POLICY_EXACT_LEN(PDCP_KEY_LEN),
};

/* PDCP_CMD_SECURITY_GET - dump */
static const struct nla_policy pdcp_security_get_nl_policy[PDCP_A_SECURITY_UE_ID + 1] = {
	[PDCP_A_SECURITY_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_SECURITY_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_SECURITY_DEL - do */
static const struct nla_policy pdcp_security_del_nl_policy[PDCP_A_SECURITY_SET + 1] = {
	[PDCP_A_SECURITY_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_SECURITY_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_SECURITY_SET] = NLA_POLICY_MAX(NLA_U8, 15),
};

/* PDCP_CMD_LEDGER_GET - dump */
static const struct nla_policy pdcp_ledger_get_nl_policy[PDCP_A_LEDGER_UE_ID + 1] = {
	[PDCP_A_LEDGER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_LEDGER_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_BEARER_NEW - do */
static const struct nla_policy pdcp_bearer_new_nl_policy[PDCP_A_BEARER_WINDOW_LIMIT + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
	[PDCP_A_BEARER_SET] = NLA_POLICY_MAX(NLA_U8, 15),
	[PDCP_A_BEARER_MODE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_SN_UL] = { .type = NLA_U8, },
	[PDCP_A_BEARER_SN_DL] = { .type = NLA_U8, },
	[PDCP_A_BEARER_INTEGRITY] = NLA_POLICY_MAX(NLA_U8, 1),
	[PDCP_A_BEARER_CIPHERING] = NLA_POLICY_MAX(NLA_U8, 1),
	[PDCP_A_BEARER_T_REORDERING] = { .type = NLA_U32, },
	[PDCP_A_BEARER_DISCARD] = { .type = NLA_U32, },
	[PDCP_A_BEARER_STATUS_REPORT] = NLA_POLICY_MAX(NLA_U8, 1),
	[PDCP_A_BEARER_OUT_OF_ORDER] = NLA_POLICY_MAX(NLA_U8, 1),
	[PDCP_A_BEARER_SDAP] = NLA_POLICY_MAX(NLA_U8, 1),
	[PDCP_A_BEARER_UPPER] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_DEFAULT] = { .type = NLA_FLAG, },
	[PDCP_A_BEARER_BEARER_INPUT] = NLA_POLICY_MAX(NLA_U8, 31),
	[PDCP_A_BEARER_QUEUE_LIMIT] = NLA_POLICY_FULL_RANGE(NLA_U32, &pdcp_a_bearer_queue_limit_range),
	[PDCP_A_BEARER_KEPT_LIMIT] = NLA_POLICY_FULL_RANGE(NLA_U32, &pdcp_a_bearer_kept_limit_range),
	[PDCP_A_BEARER_WINDOW_LIMIT] = NLA_POLICY_FULL_RANGE(NLA_U32, &pdcp_a_bearer_window_limit_range),
	[PDCP_A_BEARER_COUNT_THRESHOLD] = { .type = NLA_U32, },
	[PDCP_A_BEARER_SPLIT_THRESHOLD] = { .type = NLA_U32, },
	[PDCP_A_BEARER_DUPLICATION] = NLA_POLICY_MAX(NLA_U8, 1),
	[PDCP_A_BEARER_HOLD] = NLA_POLICY_MASK(NLA_U32, 0x3),
	[PDCP_A_BEARER_LEG] = NLA_POLICY_NESTED(pdcp_leg_nl_policy),
};

/* PDCP_CMD_BEARER_GET - dump */
static const struct nla_policy pdcp_bearer_get_nl_policy[PDCP_A_BEARER_ID + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
};

/* PDCP_CMD_BEARER_SET - do */
static const struct nla_policy pdcp_bearer_set_nl_policy[PDCP_A_BEARER_DUPLICATION + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
	[PDCP_A_BEARER_ROLE] = NLA_POLICY_MAX(NLA_U32, 2),
	[PDCP_A_BEARER_T_REORDERING] = { .type = NLA_U32, },
	[PDCP_A_BEARER_DUPLICATION] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* PDCP_CMD_BEARER_DEL - do */
static const struct nla_policy pdcp_bearer_del_nl_policy[PDCP_A_BEARER_ID + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
};

/* PDCP_CMD_BEARER_REESTABLISH - do */
static const struct nla_policy pdcp_bearer_reestablish_nl_policy[PDCP_A_UE_BEARER + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_UE_TARGET_SET] = NLA_POLICY_MAX(NLA_U8, 15),
	[PDCP_A_UE_BEARER] = NLA_POLICY_NESTED(pdcp_bearer_target_nl_policy),
};

/* PDCP_CMD_BEARER_RECOVER - do */
static const struct nla_policy pdcp_bearer_recover_nl_policy[PDCP_A_UE_BEARER + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_UE_BEARER] = NLA_POLICY_NESTED(pdcp_bearer_target_nl_policy),
};

/* PDCP_CMD_BEARER_SUSPEND - do */
static const struct nla_policy pdcp_bearer_suspend_nl_policy[PDCP_A_BEARER_ID + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
};

/* PDCP_CMD_BEARER_RESUME - do */
static const struct nla_policy pdcp_bearer_resume_nl_policy[PDCP_A_BEARER_ID + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
};

/* PDCP_CMD_DAPS_START - do */
static const struct nla_policy pdcp_daps_start_nl_policy[PDCP_A_UE_BEARER + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_UE_TARGET_SET] = NLA_POLICY_MAX(NLA_U8, 15),
	[PDCP_A_UE_T304] = NLA_POLICY_FULL_RANGE(NLA_U32, &pdcp_a_ue_t304_range),
	[PDCP_A_UE_BEARER] = NLA_POLICY_NESTED(pdcp_bearer_target_nl_policy),
};

/* PDCP_CMD_DAPS_SWITCH - do */
static const struct nla_policy pdcp_daps_switch_nl_policy[PDCP_A_UE_UE_ID + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_DAPS_RELEASE - do */
static const struct nla_policy pdcp_daps_release_nl_policy[PDCP_A_UE_UE_ID + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_DAPS_FALLBACK - do */
static const struct nla_policy pdcp_daps_fallback_nl_policy[PDCP_A_UE_UE_ID + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_SOURCE_FAILED - do */
static const struct nla_policy pdcp_source_failed_nl_policy[PDCP_A_UE_UE_ID + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_DAPS_ABORT - do */
static const struct nla_policy pdcp_daps_abort_nl_policy[PDCP_A_UE_UE_ID + 1] = {
	[PDCP_A_UE_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_UE_UE_ID] = { .type = NLA_U32, },
};

/* PDCP_CMD_STATUS_GET - do */
static const struct nla_policy pdcp_status_get_nl_policy[PDCP_A_BEARER_STOP + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
	[PDCP_A_BEARER_ROLE] = NLA_POLICY_MAX(NLA_U32, 2),
	[PDCP_A_BEARER_STOP] = { .type = NLA_FLAG, },
};

/* PDCP_CMD_STATUS_SET - do */
static const struct nla_policy pdcp_status_set_nl_policy[PDCP_A_BEARER_RX_DELIV + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
	[PDCP_A_BEARER_ROLE] = NLA_POLICY_MAX(NLA_U32, 2),
	[PDCP_A_BEARER_TX_NEXT] = { .type = NLA_U32, },
	[PDCP_A_BEARER_RX_DELIV] = { .type = NLA_U32, },
};

/* PDCP_CMD_SDU_SEND - do */
static const struct nla_policy pdcp_sdu_send_nl_policy[PDCP_A_BEARER_SDU + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
	[PDCP_A_BEARER_ROLE] = NLA_POLICY_MAX(NLA_U32, 2),
	[PDCP_A_BEARER_SDU] = { .type = NLA_BINARY, },
};

/* PDCP_CMD_SDU_DISCARD - do */
static const struct nla_policy pdcp_sdu_discard_nl_policy[PDCP_A_BEARER_ROLE + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
	[PDCP_A_BEARER_ROLE] = NLA_POLICY_MAX(NLA_U32, 2),
};

/* PDCP_CMD_PDU_INPUT - do */
static const struct nla_policy pdcp_pdu_input_nl_policy[PDCP_A_BEARER_PDU + 1] = {
	[PDCP_A_BEARER_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[PDCP_A_BEARER_UE_ID] = { .type = NLA_U32, },
	[PDCP_A_BEARER_TYPE] = NLA_POLICY_MAX(NLA_U32, 1),
	[PDCP_A_BEARER_ID] = NLA_POLICY_RANGE(NLA_U8, 1, 32),
	[PDCP_A_BEARER_ROLE] = NLA_POLICY_MAX(NLA_U32, 2),
	[PDCP_A_BEARER_PDU] = { .type = NLA_BINARY, },
};

/* Ops table for pdcp */
static const struct genl_split_ops pdcp_nl_ops[] = {
	{
		.cmd		= PDCP_CMD_DEVICE_GET,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_device_get_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_device_get_nl_policy,
		.maxattr	= PDCP_A_DEVICE_IFINDEX,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd	= PDCP_CMD_DEVICE_GET,
		.dumpit	= pdcp_nl_device_get_dumpit,
		.flags	= GENL_ADMIN_PERM | GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PDCP_CMD_DEVICE_SET,
		.pre_doit	= pdcp_nl_device_set_pre_doit,
		.doit		= pdcp_nl_device_set_doit,
		.post_doit	= pdcp_nl_device_set_post_doit,
		.policy		= pdcp_device_set_nl_policy,
		.maxattr	= PDCP_A_DEVICE_PORT,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_UE_NEW,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_ue_new_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_ue_new_nl_policy,
		.maxattr	= PDCP_A_UE_TEST_MODE,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_UE_GET,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_ue_get_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_ue_get_do_nl_policy,
		.maxattr	= PDCP_A_UE_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_UE_GET,
		.dumpit		= pdcp_nl_ue_get_dumpit,
		.policy		= pdcp_ue_get_dump_nl_policy,
		.maxattr	= PDCP_A_UE_IFINDEX,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PDCP_CMD_UE_DEL,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_ue_del_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_ue_del_nl_policy,
		.maxattr	= PDCP_A_UE_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_SECURITY_NEW,
		.doit		= pdcp_nl_security_new_doit,
		.policy		= pdcp_security_new_nl_policy,
		.maxattr	= PDCP_A_SECURITY_UP_INT,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_SECURITY_GET,
		.dumpit		= pdcp_nl_security_get_dumpit,
		.policy		= pdcp_security_get_nl_policy,
		.maxattr	= PDCP_A_SECURITY_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PDCP_CMD_SECURITY_DEL,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_security_del_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_security_del_nl_policy,
		.maxattr	= PDCP_A_SECURITY_SET,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_LEDGER_GET,
		.dumpit		= pdcp_nl_ledger_get_dumpit,
		.policy		= pdcp_ledger_get_nl_policy,
		.maxattr	= PDCP_A_LEDGER_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PDCP_CMD_BEARER_NEW,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_bearer_new_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_bearer_new_nl_policy,
		.maxattr	= PDCP_A_BEARER_WINDOW_LIMIT,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_BEARER_GET,
		.dumpit		= pdcp_nl_bearer_get_dumpit,
		.policy		= pdcp_bearer_get_nl_policy,
		.maxattr	= PDCP_A_BEARER_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= PDCP_CMD_BEARER_SET,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_bearer_set_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_bearer_set_nl_policy,
		.maxattr	= PDCP_A_BEARER_DUPLICATION,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_BEARER_DEL,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_bearer_del_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_bearer_del_nl_policy,
		.maxattr	= PDCP_A_BEARER_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_BEARER_REESTABLISH,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_bearer_reestablish_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_bearer_reestablish_nl_policy,
		.maxattr	= PDCP_A_UE_BEARER,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_BEARER_RECOVER,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_bearer_recover_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_bearer_recover_nl_policy,
		.maxattr	= PDCP_A_UE_BEARER,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_BEARER_SUSPEND,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_bearer_suspend_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_bearer_suspend_nl_policy,
		.maxattr	= PDCP_A_BEARER_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_BEARER_RESUME,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_bearer_resume_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_bearer_resume_nl_policy,
		.maxattr	= PDCP_A_BEARER_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_DAPS_START,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_daps_start_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_daps_start_nl_policy,
		.maxattr	= PDCP_A_UE_BEARER,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_DAPS_SWITCH,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_daps_switch_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_daps_switch_nl_policy,
		.maxattr	= PDCP_A_UE_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_DAPS_RELEASE,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_daps_release_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_daps_release_nl_policy,
		.maxattr	= PDCP_A_UE_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_DAPS_FALLBACK,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_daps_fallback_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_daps_fallback_nl_policy,
		.maxattr	= PDCP_A_UE_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_SOURCE_FAILED,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_source_failed_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_source_failed_nl_policy,
		.maxattr	= PDCP_A_UE_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_DAPS_ABORT,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_daps_abort_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_daps_abort_nl_policy,
		.maxattr	= PDCP_A_UE_UE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_STATUS_GET,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_status_get_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_status_get_nl_policy,
		.maxattr	= PDCP_A_BEARER_STOP,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_STATUS_SET,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_status_set_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_status_set_nl_policy,
		.maxattr	= PDCP_A_BEARER_RX_DELIV,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_SDU_SEND,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_sdu_send_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_sdu_send_nl_policy,
		.maxattr	= PDCP_A_BEARER_SDU,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_SDU_DISCARD,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_sdu_discard_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_sdu_discard_nl_policy,
		.maxattr	= PDCP_A_BEARER_ROLE,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= PDCP_CMD_PDU_INPUT,
		.pre_doit	= pdcp_nl_pre_doit,
		.doit		= pdcp_nl_pdu_input_doit,
		.post_doit	= pdcp_nl_post_doit,
		.policy		= pdcp_pdu_input_nl_policy,
		.maxattr	= PDCP_A_BEARER_PDU,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
};

static const struct genl_multicast_group pdcp_nl_mcgrps[] = {
	[PDCP_NLGRP_EVENTS] = { "events", },
};

struct genl_family pdcp_nl_family __ro_after_init = {
	.name		= PDCP_FAMILY_NAME,
	.version	= PDCP_FAMILY_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.split_ops	= pdcp_nl_ops,
	.n_split_ops	= ARRAY_SIZE(pdcp_nl_ops),
	.mcgrps		= pdcp_nl_mcgrps,
	.n_mcgrps	= ARRAY_SIZE(pdcp_nl_mcgrps),
};
