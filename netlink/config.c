// SPDX-License-Identifier: GPL-2.0
/* Configuration of a bearer (38.331 PDCP-Config), as a request brings it. */

#include <linux/kernel.h>
#include <linux/minmax.h>

#include "netlink/nl.h"
#include "pdcp/count.h"
#include "pdcp/entity.h"
#include "pdcp/ue.h"

/* ms, t-Reordering of 38.331 PDCP-Config */
static const u32 t_reordering_values[] = {
	0, 1, 2, 4, 5, 8, 10, 15, 20, 30, 40, 50, 60, 80, 100, 120, 140, 160, 180,
	200, 220, 240, 260, 280, 300, 500, 750, 1000, 1250, 1500, 1750, 2000, 2250,
	2500, 2750, 3000, PDCP_INFINITY,
};

/* us, discardTimer, discardTimerExt-r16 and discardTimerExt2-r17 of 38.331 PDCP-Config */
static const u32 discard_values[] = {
	500, 1000, 2000, 4000, 6000, 8000, 10000, 20000, 30000, 40000, 50000, 60000,
	75000, 100000, 150000, 200000, 250000, 300000, 500000, 750000, 1500000,
	2000000, PDCP_INFINITY,
};

static const char * const drb_only[] = {
	[PDCP_A_BEARER_MODE] = "mode",
	[PDCP_A_BEARER_INTEGRITY] = "integrity",
	[PDCP_A_BEARER_CIPHERING] = "ciphering",
	[PDCP_A_BEARER_DISCARD] = "discard",
	[PDCP_A_BEARER_STATUS_REPORT] = "status-report",
	[PDCP_A_BEARER_OUT_OF_ORDER] = "out-of-order",
	[PDCP_A_BEARER_SDAP] = "sdap",
	[PDCP_A_BEARER_DEFAULT] = "default",
	[PDCP_A_BEARER_KEPT_LIMIT] = "kept-limit",
	[PDCP_A_BEARER_SPLIT_THRESHOLD] = "split-threshold",
};

static u8 get_u8(const struct nlattr *attr, u8 otherwise)
{
	return attr ? nla_get_u8(attr) : otherwise;
}

static u32 get_u32(const struct nlattr *attr, u32 otherwise)
{
	return attr ? nla_get_u32(attr) : otherwise;
}

/* @value of 1 / @scale ms each, @scale being 1 or 1000, in ms: "7", "0.5". */
static void format_ms(char *text, size_t size, u32 value, u32 scale)
{
	int len = scnprintf(text, size, "%u.%03u", value / scale, value % scale);

	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	text[len] = '\0';
}

/* A time of 1 / @scale ms each, infinity where it is not given. */
static int parse_timer(const struct genl_info *info, const struct nlattr *attr,
		       const char *name, u32 scale, const u32 *values,
		       unsigned int n, u32 *value)
{
	char ms[24];

	*value = get_u32(attr, PDCP_INFINITY);
	while (n--)
		if (values[n] == *value)
			return 0;
	format_ms(ms, sizeof(ms), *value, scale);
	NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr,
				"%s: %s ms is not a value of PDCP-Config", name, ms);
	return -EINVAL;
}

static int parse_sn(const struct genl_info *info, int type, const char *name,
		    bool srb, u8 *bits)
{
	const struct nlattr *attr = info->attrs[type];

	*bits = get_u8(attr, srb ? PDCP_SN_BITS_SHORT : 0);
	if (!attr)
		return 0;
	if (srb && *bits != PDCP_SN_BITS_SHORT) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr, "%s: an SRB has 12 bits", name);
		return -EINVAL;
	}
	if (!pdcp_sn_bits_valid(*bits)) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr, "%s: 12 or 18 bits", name);
		return -EINVAL;
	}
	return 0;
}

static int parse_srb(const struct genl_info *info, struct pdcp_entity_config *config)
{
	const struct nlattr *upper = info->attrs[PDCP_A_BEARER_UPPER];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(drb_only); i++) {
		if (!drb_only[i] || !info->attrs[i])
			continue;
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, info->attrs[i], "%s: DRB only",
					drb_only[i]);
		return -EINVAL;
	}
	if (config->id > PDCP_SRB_LAST) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, info->attrs[PDCP_A_BEARER_ID],
					"id: SRB1 to SRB%u", PDCP_SRB_LAST);
		return -EINVAL;
	}
	if (upper && nla_get_u32(upper) != PDCP_UPPER_USER) {
		NL_SET_ERR_MSG_ATTR(info->extack, upper, "upper: that of an SRB is user");
		return -EINVAL;
	}

	config->mode = PDCP_MODE_AM;
	config->upper = PDCP_UPPER_USER;
	config->integrity = true;
	config->ciphering = true;
	config->discard = PDCP_INFINITY;
	return 0;
}

static int parse_upper(const struct genl_info *info, struct pdcp_entity_config *config)
{
	struct nlattr **attrs = info->attrs;

	config->upper = get_u32(attrs[PDCP_A_BEARER_UPPER], PDCP_UPPER_DEVICE);
	config->sdap_len = get_u8(attrs[PDCP_A_BEARER_SDAP], 0);
	if (config->sdap_len && config->upper != PDCP_UPPER_USER) {
		NL_SET_ERR_MSG_ATTR(info->extack, attrs[PDCP_A_BEARER_SDAP],
				    "sdap: needs upper user");
		return -EINVAL;
	}
	if (attrs[PDCP_A_BEARER_DEFAULT] && config->upper != PDCP_UPPER_DEVICE) {
		NL_SET_ERR_MSG_ATTR(info->extack, attrs[PDCP_A_BEARER_DEFAULT],
				    "default: needs upper device");
		return -EINVAL;
	}
	return 0;
}

/* Only a UM DRB may have one direction (38.323 4.2.2), and it has one. */
static int check_directions(const struct genl_info *info, enum pdcp_mode mode)
{
	if (mode == PDCP_MODE_UM && info->attrs[PDCP_A_BEARER_SN_UL])
		return 0;
	if (mode == PDCP_MODE_UM && info->attrs[PDCP_A_BEARER_SN_DL])
		return 0;
	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_SN_UL) ||
	    GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_SN_DL))
		return -EINVAL;
	return 0;
}

static int parse_drb(const struct genl_info *info, struct pdcp_entity_config *config)
{
	struct nlattr **attrs = info->attrs;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_MODE))
		return -EINVAL;
	config->mode = nla_get_u32(attrs[PDCP_A_BEARER_MODE]);
	if (check_directions(info, config->mode))
		return -EINVAL;

	config->integrity = get_u8(attrs[PDCP_A_BEARER_INTEGRITY], 0);
	config->ciphering = get_u8(attrs[PDCP_A_BEARER_CIPHERING], 1);
	config->status_report = get_u8(attrs[PDCP_A_BEARER_STATUS_REPORT], 0);
	config->out_of_order = get_u8(attrs[PDCP_A_BEARER_OUT_OF_ORDER], 0);
	return parse_upper(info, config) ?:
	       parse_timer(info, attrs[PDCP_A_BEARER_DISCARD], "discard", 1000,
			   discard_values, ARRAY_SIZE(discard_values),
			   &config->discard);
}

/* Half the SN space of what the UE's role sends is the most that a receiver can tell apart. */
static int parse_kept_limit(const struct genl_info *info, const struct pdcp_ue *ue,
			    struct pdcp_entity_config *config)
{
	const struct nlattr *attr = info->attrs[PDCP_A_BEARER_KEPT_LIMIT];
	u32 window;

	if (config->type == PDCP_BEARER_TYPE_SRB)
		return 0;
	if (config->mode != PDCP_MODE_AM) {
		if (!attr)
			return 0;
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "kept-limit: mode am only");
		return -EINVAL;
	}
	window = pdcp_count_window(ue->config.role == PDCP_ROLE_GNB ? config->sn_dl :
								      config->sn_ul);
	config->kept_limit = get_u32(attr, min_t(u32, PDCP_KEPT_LIMIT, window));
	if (config->kept_limit > window) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr,
					"kept-limit: half the SN space is %u", window);
		return -EINVAL;
	}
	return 0;
}

static int parse_bearer_input(const struct genl_info *info, const struct pdcp_ue *ue,
			      struct pdcp_entity_config *config)
{
	const struct nlattr *attr = info->attrs[PDCP_A_BEARER_BEARER_INPUT];

	config->bearer = get_u8(attr, config->id - 1);
	if (attr && !ue->config.test_mode) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "bearer-input: only for a UE in test mode");
		return -EPERM;
	}
	return 0;
}

/**
 * pdcp_nl_parse_t_reordering - t-Reordering of a request
 * @info: request
 * @ms: filled in; infinity where it is not given
 *
 * Return: 0, or -EINVAL for what is no value of 38.331.
 */
int pdcp_nl_parse_t_reordering(const struct genl_info *info, u32 *ms)
{
	return parse_timer(info, info->attrs[PDCP_A_BEARER_T_REORDERING], "t-reordering",
			   1, t_reordering_values, ARRAY_SIZE(t_reordering_values), ms);
}

/**
 * pdcp_nl_parse_config - configuration of a bearer that is to be created
 * @info: request
 * @ue: whose it will be
 * @config: result, zeroed by the caller
 *
 * Return: 0, or a negative error with extack set.
 */
int pdcp_nl_parse_config(const struct genl_info *info, const struct pdcp_ue *ue,
			 struct pdcp_entity_config *config)
{
	struct nlattr **attrs = info->attrs;
	bool srb;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_TYPE) ||
	    GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_ID) ||
	    GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_SET))
		return -EINVAL;

	config->type = nla_get_u32(attrs[PDCP_A_BEARER_TYPE]);
	config->id = nla_get_u8(attrs[PDCP_A_BEARER_ID]);
	config->queue_limit = get_u32(attrs[PDCP_A_BEARER_QUEUE_LIMIT], PDCP_QUEUE_LIMIT);
	config->window_limit = get_u32(attrs[PDCP_A_BEARER_WINDOW_LIMIT], PDCP_WINDOW_LIMIT);
	config->split_threshold = get_u32(attrs[PDCP_A_BEARER_SPLIT_THRESHOLD],
					  PDCP_INFINITY);
	config->count_threshold = get_u32(attrs[PDCP_A_BEARER_COUNT_THRESHOLD],
					  PDCP_COUNT_THRESHOLD);
	srb = config->type == PDCP_BEARER_TYPE_SRB;

	return (srb ? parse_srb(info, config) : parse_drb(info, config)) ?:
	       parse_sn(info, PDCP_A_BEARER_SN_UL, "sn-ul", srb, &config->sn_ul) ?:
	       parse_sn(info, PDCP_A_BEARER_SN_DL, "sn-dl", srb, &config->sn_dl) ?:
	       pdcp_nl_parse_t_reordering(info, &config->t_reordering) ?:
	       parse_kept_limit(info, ue, config) ?:
	       parse_bearer_input(info, ue, config);
}
