// SPDX-License-Identifier: GPL-2.0
/* A UE and its context at each gNB: two AM DRBs that are confirmed over NR-U, two UM DRBs. */

#include <string.h>

#include "crowd.h"

enum { PORT_0 = 2152, FIRST_ADDRESS = 10 << 24 | 45 << 16 | 2 };

static const char *const cell_addr[CELLS][SIDES] = {
	{ "192.0.2.1", "192.0.2.2" },
	{ "198.51.100.1", "198.51.100.2" },
};

/* In host byte order. */
uint32_t member_address(const struct member *m)
{
	return FIRST_ADDRESS + m->index;
}

/* Leg of DRB @drb + 1 between UE and gNB. */
void member_leg(const struct crowd *c, const struct member *m, enum end side, unsigned int cell,
		uint32_t generation, unsigned int drb, struct pdcp_leg_config *leg)
{
	uint32_t teid = (generation * c->count + m->index) * DRBS + drb + 1;

	*leg = (struct pdcp_leg_config){
		.lower = PDCP_LOWER_GTPU,
		.port = side == UE ? PORT_0 + cell : PORT_0,
		.teid_in = teid,
		.teid_out = teid,
		.nru = drb < 2,
	};
	pdcp_addr_parse(cell_addr[cell][!side], &leg->remote);
}

static uint32_t device(const struct worker *w, enum end side, unsigned int cell)
{
	return w->crowd->device[side][side == UE ? 0 : cell];
}

static void spread(uint8_t key[PDCP_KEY_LEN], uint32_t generation, uint32_t index, uint8_t role)
{
	memset(key, role, PDCP_KEY_LEN);
	memcpy(key, &generation, sizeof(generation));
	memcpy(key + sizeof(generation), &index, sizeof(index));
}

/* Keys that no set had before, the same at both ends; algorithms take turns. */
void member_keys(struct worker *w, const struct member *m, enum end side, unsigned int cell,
		 uint8_t set, uint32_t generation)
{
	struct pdcp_keys *keys = pdcp_keys_new();

	if (!keys)
		die(m, "no memory for keys");
	keys->given = PDCP_KEY_RRC_ENC | PDCP_KEY_RRC_INT | PDCP_KEY_UP_ENC | PDCP_KEY_UP_INT;
	spread(keys->rrc_enc, generation, m->index, 1);
	spread(keys->rrc_int, generation, m->index, 2);
	spread(keys->up_enc, generation, m->index, 3);
	spread(keys->up_int, generation, m->index, 4);
	need(w, m, side, pdcp_security_add(w->h[side], device(w, side, cell), m->index, set,
					   1 + (m->index + generation) % 3,
					   1 + (m->index / 3 + generation) % 3, keys),
	     "security set");
	pdcp_keys_free(keys);
}

/* Modes and lengths of SNs in all combinations.  Nothing is lost, so nothing has to be given up. */
static void add_bearer(struct worker *w, const struct member *m, enum end side,
		       unsigned int cell, uint8_t set, uint32_t generation, unsigned int drb,
		       bool hold)
{
	struct pdcp_bearer_id id = {
		.ifindex = device(w, side, cell),
		.ue = m->index,
		.type = PDCP_BEARER_TYPE_DRB,
		.id = drb + 1,
	};
	struct pdcp_bearer_config config = {
		.has = PDCP_HAS(PDCP_A_BEARER_MODE) | PDCP_HAS(PDCP_A_BEARER_SN_UL) |
		       PDCP_HAS(PDCP_A_BEARER_SN_DL) | PDCP_HAS(PDCP_A_BEARER_INTEGRITY) |
		       PDCP_HAS(PDCP_A_BEARER_T_REORDERING),
		.set = set,
		.mode = drb < 2 ? PDCP_MODE_AM : PDCP_MODE_UM,
		.sn_ul = drb & 1 ? 12 : 18,
		.sn_dl = drb & 1 ? 12 : 18,
		.integrity = 1,
		.t_reordering = PDCP_INFINITY,
	};

	if (hold) {
		config.has |= PDCP_HAS(PDCP_A_BEARER_HOLD);
		config.hold = PDCP_HOLD_TX | PDCP_HOLD_RX;
	}
	member_leg(w->crowd, m, side, cell, generation, drb, &config.leg);
	need(w, m, side, pdcp_bearer_add(w->h[side], &id, &config), "bearer");
}

/* A UE with its bearers, which wait for their COUNTs if @hold. */
void member_add(struct worker *w, const struct member *m, enum end side, unsigned int cell,
		uint8_t set, uint32_t generation, bool hold)
{
	struct pdcp_ue_config config = {
		.role = side == UE ? PDCP_ROLE_UE : PDCP_ROLE_GNB,
		.addr[0].len = 4,
		.addrs = 1,
	};
	uint32_t address = member_address(m);
	unsigned int i;

	for (i = 0; i < 4; i++)
		config.addr[0].octets[i] = address >> (24 - 8 * i);
	need(w, m, side, pdcp_ue_add(w->h[side], device(w, side, cell), m->index, &config), "UE");
	member_keys(w, m, side, cell, set, generation);
	for (i = 0; i < DRBS; i++)
		add_bearer(w, m, side, cell, set, generation, i, hold);
}

void member_attach(struct worker *w, struct member *m)
{
	member_add(w, m, GNB, m->cell, m->set, m->generation, false);
	member_add(w, m, UE, m->cell, m->set, m->generation, false);
}

void member_leave(struct worker *w, struct member *m)
{
	need(w, m, UE, pdcp_ue_del(w->h[UE], device(w, UE, 0), m->index), "ue del");
	need(w, m, GNB, pdcp_ue_del(w->h[GNB], device(w, GNB, m->cell), m->index), "ue del");
}
