// SPDX-License-Identifier: GPL-2.0
/*
 * rrc DEV ue|gnb SOURCE TARGET - an RRC that hands over, at either end
 *
 * SOURCE and TARGET are the peer's addresses in two cells. Standard input has KgNB (64 hexadecimal
 * digits), then in each line an event that a real RRC learns of from its peer and its lower layers.
 * There is one DRB, on which a DAPS handover loses nothing.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include <libpdcp/bearer.h>
#include <libpdcp/event.h>
#include <libpdcp/rrc.h>

static struct pdcp *h;
static struct pdcp_rrc *rrc;
static char **peers;

/* The leg in one cell. The peer's TEIDs are ours the other way round. */
static struct pdcp_leg_config leg(int cell)
{
	bool ue = rrc->role == PDCP_ROLE_UE;
	uint32_t teid = 0x11 + 0x10 * cell;
	struct pdcp_leg_config config = {
		.lower = PDCP_LOWER_GTPU, .teid_in = teid + ue, .teid_out = teid + !ue,
	};

	pdcp_addr_parse(peers[cell], &config.remote);
	return config;
}

/* Security comes first, then the bearer that it protects. */
static int connect_ue(void)
{
	struct pdcp_ue_config ue = { .role = rrc->role, .addrs = 1 };
	struct pdcp_bearer_id id = { rrc->ifindex, rrc->ue, PDCP_BEARER_TYPE_DRB, 1 };
	struct pdcp_bearer_config drb = {
		.has = PDCP_HAS(PDCP_A_BEARER_MODE) | PDCP_HAS(PDCP_A_BEARER_SN_UL) |
		       PDCP_HAS(PDCP_A_BEARER_SN_DL) | PDCP_HAS(PDCP_A_BEARER_T_REORDERING),
		.mode = PDCP_MODE_AM, .sn_ul = 18, .sn_dl = 18, .t_reordering = 40, .leg = leg(0),
	};

	pdcp_addr_parse("10.45.0.2", &ue.addr[0]);
	return pdcp_ue_add(h, rrc->ifindex, rrc->ue, &ue) ?: pdcp_rrc_connect(h, rrc) ?:
	       pdcp_bearer_add(h, &id, &drb);
}

/* The same NCC: KgNB of the target is derived from that of the source. */
static int handover(void)
{
	struct pdcp_bearer_target drb = { .type = PDCP_BEARER_TYPE_DRB, .id = 1, .leg = leg(1),
					  .has = PDCP_HAS(PDCP_A_BEARER_TARGET_LEG) };
	struct pdcp_rrc_command command = {
		.daps = true, .refresh = PDCP_RRC_CHAIN, .ncc = rrc->source.chain.ncc,
		.cell = { .pci = 2, .arfcn = 632628 }, .nea = 2, .nia = 2,
		.t304 = 10000, .targets = &drb, .count = 1,
	};

	return pdcp_rrc_handover(h, rrc, &command);
}

static int event(const char *name)
{
	if (!strcmp(name, "handover"))
		return handover();
	if (!strcmp(name, "random-access-ok"))
		return pdcp_rrc_random_access_ok(h, rrc);
	if (!strcmp(name, "source-failed"))
		return pdcp_rrc_source_failed(h, rrc);
	if (!strcmp(name, "source-release"))
		return pdcp_rrc_source_release(h, rrc);
	if (!strcmp(name, "t304-expired"))
		return pdcp_rrc_t304_expired(h, rrc);
	return -EINVAL;
}

/* The module's guard may have ended the handover when RRC did not. */
static int notice(const struct pdcp_event *e, void *data)
{
	enum pdcp_rrc_news news = PDCP_RRC_NO_NEWS;
	int ret = e->cmd == PDCP_CMD_HANDOVER_NTF ? pdcp_rrc_reconcile(h, rrc, &news) : 0;

	(void)data;
	if (news == PDCP_RRC_FELL_BACK)
		puts("fell back");
	return ret;
}

static int report(const char *what, int ret)
{
	printf("%s: %s, %s\n", what, pdcp_name(&pdcp_rrc_phase_names, rrc->phase),
	       !ret ? "ok" : *pdcp_error(h) ? pdcp_error(h) : pdcp_strerror(ret));
	return ret;
}

/* Lines until the end of input, events of the module in between. */
static void serve(void)
{
	struct pollfd fds[2] = { { .fd = 0, .events = POLLIN },
				 { .fd = pdcp_event_fd(h), .events = POLLIN } };
	char name[32];

	while (poll(fds, 2, -1) > 0) {
		if (fds[1].revents && pdcp_event_read(h, notice, NULL) < 0)
			return;
		if (fds[0].revents && scanf("%31s", name) != 1)
			return;
		if (fds[0].revents)
			report(name, event(name));
	}
}

int main(int argc, char **argv)
{
	struct pdcp_key256 *kgnb = pdcp_secret_new(sizeof(*kgnb));
	int ret, i;

	rrc = pdcp_rrc_new();
	if (argc != 5 || !kgnb || !rrc || pdcp_open(&h) || pdcp_event_subscribe(h))
		return 2;
	setvbuf(stdin, NULL, _IONBF, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (i = 0; i < PDCP_KEY256_LEN && scanf("%2hhx", &kgnb->octets[i]) == 1; i++)
		;
	rrc->ifindex = pdcp_link_index(h, argv[1]);
	rrc->ue = 1;
	rrc->role = strcmp(argv[2], "gnb") ? PDCP_ROLE_UE : PDCP_ROLE_GNB;
	rrc->source = (struct pdcp_rrc_context){
		.cell = { .pci = 1, .arfcn = 632628 }, .nea = 2, .nia = 2,
	};
	peers = argv + 3;
	pdcp_chain_begin(&rrc->source.chain, kgnb);
	ret = report("connect", connect_ue());
	if (!ret)
		serve();
	pdcp_ue_del(h, rrc->ifindex, rrc->ue);
	pdcp_rrc_free(rrc);
	pdcp_secret_free(kgnb, sizeof(*kgnb));
	pdcp_close(h);
	pdcp_registers_erase();
	return !!ret;
}
