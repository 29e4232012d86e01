// SPDX-License-Identifier: GPL-2.0

#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "keyfile.h"
#include "profile.h"
#include "ue.h"

static const char usage[] =
	"Usage: pdcpctl wireshark FOLDER [ add ] [ dev DEV ] [ ue ID set SET keys FILE ]...\n"
	"\n"
	"Writes a configuration for Wireshark with which it deciphers, verifies and shows what is\n"
	"in the tunnels that the device's bearers have now, as far as keys are named:\n"
	"\n"
	"	WIRESHARK_CONFIG_DIR=FOLDER tshark -r CAPTURE\n"
	"\n"
	"With add, to one that it has written before. The keys are in FOLDER in clear.\n";

/* A set whose keys were named. */
struct named {
	uint32_t ue;
	uint8_t set;
	const char *file;
	struct pdcp_keys *keys;
	bool found;
};

struct shark {
	struct ctl *ctl;
	struct named *named;
	unsigned int count;
	struct profile *profile;
	char dev[16];
	enum pdcp_role role;
	struct profile_set set[2];	/* of the UE at hand */
	unsigned int sets;
};

/* Sets and bearers ------------------------------------------------------------- */

static void keys_find(const struct shark *shark, struct profile_set *set)
{
	struct named *named;

	for (named = shark->named; named < shark->named + shark->count; named++) {
		if (named->ue != set->ue || named->set != set->set)
			continue;
		named->found = true;
		set->keys = named->keys;
	}
}

static void algorithm_warn(const struct profile_set *set, const char *name, uint8_t algorithm)
{
	if (set->keys && algorithm != 0 && algorithm != 2)
		fprintf(stderr, "Note: ue %u set %u has %s%u, which Wireshark does not know.\n",
			set->ue, set->set, name, algorithm);
}

static int set_take(const struct pdcp_security_info *info, void *data)
{
	struct shark *shark = data;
	struct profile_set *set;

	if (shark->sets == ARRAY_SIZE(shark->set))
		return 0;
	set = &shark->set[shark->sets++];
	*set = (struct profile_set){
		.ue = info->ue, .set = info->set, .nea = info->nea, .nia = info->nia,
	};
	memcpy(set->dev, shark->dev, sizeof(set->dev));
	keys_find(shark, set);
	algorithm_warn(set, "NEA", info->nea);
	algorithm_warn(set, "NIA", info->nia);
	return 0;
}

static void tunnel_take(struct shark *shark, const struct pdcp_leg_info *leg,
			const struct profile_tunnel *tunnel)
{
	unsigned int i;

	if (!tunnel->sn_bits || profile_has(shark->profile, tunnel))
		return;
	for (i = 0; i < shark->sets; i++) {
		if (shark->set[i].set == leg->set)
			profile_add(shark->profile, &shark->set[i], tunnel);
	}
}

/* What may come first: of what is sent that which may be sent again. */
static uint32_t first_count(const struct pdcp_bearer_info *info, bool sent)
{
	if (!sent)
		return info->rx_deliv;
	return info->tx_next - (info->kept < info->tx_next ? info->kept : info->tx_next);
}

static void leg_take(struct shark *shark, const struct pdcp_bearer_info *info,
		     const struct pdcp_leg_info *leg)
{
	const struct pdcp_bearer_config *config = &info->config;
	struct profile_tunnel tunnel = {
		.peer = leg->config.remote,
		.srb = info->id.type == PDCP_BEARER_TYPE_SRB,
		.id = info->id.id,
		.sdap = config->sdap,
	};
	int sent;

	if (leg->config.lower != PDCP_LOWER_GTPU)
		return;
	tunnel.mac = tunnel.srb || config->integrity;
	tunnel.plain = !tunnel.srb && !config->ciphering;
	for (sent = 0; sent <= 1; sent++) {
		tunnel.to_peer = sent;
		tunnel.teid = sent ? leg->config.teid_out : leg->config.teid_in;
		tunnel.uplink = sent == (shark->role == PDCP_ROLE_UE);
		tunnel.sn_bits = tunnel.uplink ? config->sn_ul : config->sn_dl;
		tunnel.count = first_count(info, sent);
		tunnel_take(shark, leg, &tunnel);
	}
	if (leg->config.port && leg->config.port != 2152)
		profile_port(shark->profile, leg->config.port);
}

static int bearer_take(const struct pdcp_bearer_info *info, void *data)
{
	size_t i;

	for (i = 0; i < info->legs; i++)
		leg_take(data, info, &info->leg[i]);
	return 0;
}

static int ue_take(const struct pdcp_ue_info *info, void *data)
{
	const struct pdcp_bearer_id id = { .ifindex = info->ifindex, .ue = info->id };
	struct shark *shark = data;
	int ret;

	shark->role = info->config.role;
	shark->sets = 0;
	ret = pdcp_security_list(shark->ctl->h, info->ifindex, info->id, set_take, shark);
	return ret ? ret : pdcp_bearer_list(shark->ctl->h, &id, bearer_take, shark);
}

/* Command ------------------------------------------------------------------------ */

static struct named *named_new(struct shark *shark)
{
	shark->named = reallocarray(shark->named, shark->count + 1, sizeof(*shark->named));
	if (!shark->named)
		usage_error("out of memory");
	shark->named[shark->count] = (struct named){ 0 };
	return &shark->named[shark->count++];
}

/* "ue ID set SET keys FILE", of which the first word was taken. */
static void named_parse(struct shark *shark, struct args *args)
{
	struct named *named = named_new(shark);

	named->ue = number_value("ue", args_value(args, "ue"), 0, UINT32_MAX);
	if (!args_take(args, "set"))
		usage_error("\"set\" is missing: which security set of ue %u", named->ue);
	named->set = number_value("set", args_value(args, "set"), 0, 15);
	if (!args_take(args, "keys"))
		usage_error("\"keys\" is missing: where those of ue %u set %u are", named->ue,
			    named->set);
	named->file = args_value(args, "keys");
}

static void keys_read(struct shark *shark)
{
	struct named *named;

	for (named = shark->named; named < shark->named + shark->count; named++)
		named->keys = keyfile_read(named->file);
}

/* Whether each set that was named is there. */
static void named_check(const struct shark *shark)
{
	const struct named *named;

	for (named = shark->named; named < shark->named + shark->count; named++) {
		if (!named->found)
			fprintf(stderr, "Note: ue %u set %u is not installed.\n", named->ue,
				named->set);
	}
}

static int profile_make(struct ctl *ctl, struct shark *shark, const char *dev,
			const char *folder, bool add)
{
	struct pdcp_device_info info;
	uint32_t ifindex;
	int ret;

	ctl_open(ctl);
	ifindex = ctl_device(ctl, dev);
	secret_begin();
	keys_read(shark);
	ret = pdcp_link_name(ctl->h, ifindex, shark->dev);
	if (!ret)
		ret = pdcp_device_get(ctl->h, ifindex, &info);
	if (ret)
		return ctl_result(ctl, ret);
	shark->profile = profile_new(folder, add);
	if (info.port != 2152)
		profile_port(shark->profile, info.port);
	ret = pdcp_ue_list(ctl->h, ifindex, ue_take, shark);
	if (ret)
		return ctl_result(ctl, ret);
	named_check(shark);
	printf("%u tunnels in %s: WIRESHARK_CONFIG_DIR=%s tshark -r CAPTURE\n",
	       profile_write(shark->profile), folder, folder);
	return EXIT_SUCCESS;
}

static int wireshark_run(struct ctl *ctl, struct args *args)
{
	struct shark shark = { .ctl = ctl };
	struct selector selector = SELECTOR_INIT;
	const char *folder;
	bool add = false;
	int status;

	if (!args_more(args))
		usage_error("\"FOLDER\" is missing: where to write");
	folder = *args->next++;
	while (args_more(args)) {
		if (args_take(args, "add"))
			add = true;
		else if (args_take(args, "ue"))
			named_parse(&shark, args);
		else if (!selector_parse(args, &selector, SELECT_DEV))
			args_unknown(args);
	}
	status = profile_make(ctl, &shark, selector.dev, folder, add);
	free(shark.named);
	return status;
}

const struct object wireshark_object = {
	.name = "wireshark",
	.usage = usage,
	.run = wireshark_run,
};
