// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdlib.h>

#include "leg.h"
#include "ue.h"

static const char usage[] =
	"Usage: pdcpctl save [ dev DEV ]\n"
	"\n"
	"Prints the commands that make the configuration of a device, or of all, for\n"
	"\"restore\". Keys are not among it: they are in files that it names. COUNTs are not.\n";

struct save {
	struct ctl *ctl;
	FILE *out;
	uint32_t ifindex;
	uint32_t ue;
	bool test_mode;
};

/* The object is what stands for it in a listing. */
static void line_end(struct save *save, json_t *object)
{
	fputc('\n', save->out);
	json_decref(object);
}

static int security_save(const struct pdcp_security_info *info, void *data)
{
	struct save *save = data;
	char name[16];

	pdcp_link_name(save->ctl->h, info->ifindex, name);
	fprintf(save->out, "security add dev %s ue %u set %u nea %u nia %u", name, info->ue,
		info->set, info->nea, info->nia);
	if (info->nea || info->nia)
		fprintf(save->out, " keys %s-ue%u-set%u.json", name, info->ue, info->set);
	fputc('\n', save->out);
	return 0;
}

static void leg_save(FILE *out, const json_t *leg)
{
	fputs(" leg ", out);
	text_value(out, json_object_get(leg, "lower"));
	text_members(out, leg, "remote local port");
	text_teid(out, leg, "teid-in");
	text_teid(out, leg, "teid-out");
	if (json_is_true(json_object_get(leg, "nru")))
		text_members(out, leg, "nru nru-loss");
}

static void config_save(struct save *save, const struct pdcp_bearer_info *info,
			const json_t *object)
{
	static const char rlc[] = "mode sn-ul sn-dl integrity ciphering sdap upper kept-limit";
	static const char timing[] = "discard status-report out-of-order";

	text_members(save->out, object, "t-reordering queue-limit count-threshold");
	if (info->id.type == PDCP_BEARER_TYPE_DRB) {
		text_members(save->out, object, rlc);
		text_members(save->out, object, timing);
	}
	if (info->id.type == PDCP_BEARER_TYPE_DRB && info->legs == PDCP_LEGS_MAX)
		text_members(save->out, object, "split-threshold duplication");
	if (info->config.is_default)
		fputs(" default", save->out);
	if (save->test_mode)
		text_members(save->out, object, "bearer-input");
	if (info->config.hold == (PDCP_HOLD_TX | PDCP_HOLD_RX))
		fputs(" hold both", save->out);
	else
		text_members(save->out, object, "hold");
}

static int bearer_save(const struct pdcp_bearer_info *info, void *data)
{
	struct save *save = data;
	json_t *object, *leg;
	size_t i;

	if (info->paused) {
		fprintf(stderr, "Error: %s %u of UE %u is suspended, a new one would not be.\n",
			pdcp_name(&pdcp_bearer_type_names, info->id.type), info->id.id,
			info->id.ue);
		return -EBUSY;
	}
	object = bearer_json(save->ctl, info);
	fputs("bearer add ", save->out);
	text_bearer(save->out, object);
	text_members(save->out, json_array_get(json_object_get(object, "legs"), 0), "set");
	config_save(save, info, object);
	json_array_foreach(json_object_get(object, "legs"), i, leg)
		leg_save(save->out, leg);
	line_end(save, object);
	return 0;
}

static int ue_save(const struct pdcp_ue_info *info, void *data)
{
	struct pdcp_bearer_id all = { .ifindex = info->ifindex, .ue = info->id };
	struct save *save = data;
	char text[PDCP_ADDR_STRLEN];
	json_t *object;
	size_t i;
	int ret;

	if (info->state != PDCP_HANDOVER_STATE_NONE) {
		fprintf(stderr, "Error: UE %u is in a handover: release or fall back first.\n",
			info->id);
		return -EBUSY;
	}
	object = ue_json(save->ctl, info);
	fputs("ue add", save->out);
	text_members(save->out, object, "dev ue role");
	for (i = 0; i < info->config.addrs; i++)
		fprintf(save->out, " addr %s", pdcp_addr_format(&info->config.addr[i], text));
	save->test_mode = info->config.test_mode;
	fputs(save->test_mode ? " test-mode" : "", save->out);
	line_end(save, object);
	ret = pdcp_security_list(save->ctl->h, info->ifindex, info->id, security_save, save);
	return ret ? ret : pdcp_bearer_list(save->ctl->h, &all, bearer_save, save);
}

static int device_save(const struct pdcp_device_info *info, void *data)
{
	struct save *save = data;
	char name[16];
	int ret;

	if (save->ifindex && save->ifindex != info->ifindex)
		return 0;
	ret = pdcp_link_name(save->ctl->h, info->ifindex, name);
	if (ret)
		return ret;
	fprintf(save->out, "# ip link add %s type pdcp && ip link set %s up\n", name, name);
	fprintf(save->out, "dev set dev %s port %u\n", name, info->port);
	return pdcp_ue_list(save->ctl->h, info->ifindex, ue_save, save);
}

/* All of it is printed, or nothing. */
static int save_run(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct save save = { .ctl = ctl };
	char *text = NULL;
	size_t size;
	int ret;

	selector_parse_all(args, &selector, SELECT_DEV);
	ctl_open(ctl);
	if (selector.dev)
		save.ifindex = ctl_device(ctl, selector.dev);
	save.out = open_memstream(&text, &size);
	if (!save.out)
		usage_error("no memory for what is to be saved");
	fputs("# For \"pdcpctl restore\". The keys must be new ones, because COUNTs begin at 0.\n",
	      save.out);
	ret = pdcp_device_list(ctl->h, device_save, &save);
	if (fclose(save.out))
		usage_error("no memory for what is to be saved");
	if (ret == -EBUSY)
		return EXIT_REFUSED;
	if (ret)
		return ctl_result(ctl, ret);
	if (fputs(text, stdout) < 0 || fflush(stdout))
		usage_error("standard output: cannot be written");
	free(text);
	return EXIT_SUCCESS;
}

const struct object save_object = {
	.name = "save",
	.usage = usage,
	.run = save_run,
};
