// SPDX-License-Identifier: GPL-2.0
/* GTP-U: TS 29.281 5.1 and 5.2; NR RAN Container: TS 38.425 5.5.2; PDCP: TS 38.323 6.2. */
#include "packets.h"

#include <string.h>

#include "testing/random.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

enum {
	GTP_LEN = 8,
	OPT_LEN = 4,		/* behind it, if any of these flags is set */
	FLAG_PN = 0x01,
	FLAG_S = 0x02,
	FLAG_E = 0x04,
	FLAGS = FLAG_PN | FLAG_S | FLAG_E,
	GPDU = 255,
	DC = 0x80,		/* of a DRB's PDU: Data */
	CHANGES = 4,
};

static uint32_t pick(struct source *s, uint32_t below)
{
	return random_pick(&s->random, below);
}

static void noise(struct source *s, uint8_t *p, size_t len)
{
	random_fill(&s->random, p, len);
}

/* Numbers at which something may change. */
static uint32_t number(struct source *s)
{
	static const uint32_t numbers[] = {
		0, 1, 2, 3, 4, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7ff, 0x800, 0xfff, 0x1000,
		0x7fff, 0x8000, 0xffff, 0x1ffff, 0x20000, 0x3ffff, 0x7fffffff, 0xffffffff,
	};

	if (pick(s, 2))
		return numbers[pick(s, ARRAY_SIZE(numbers))];
	return random_next(&s->random) >> (32 + pick(s, 32));
}

/* @len octets in network order. */
static void put(uint8_t *p, uint32_t value, size_t len)
{
	while (len--) {
		p[len] = value;
		value >>= 8;
	}
}

/* Where the T-PDU begins if there are no extension headers; may lie behind the end. */
static size_t body(const struct packet *p)
{
	return GTP_LEN + (p->len && p->data[0] & FLAGS ? OPT_LEN : 0);
}

static void set_length(struct packet *p)
{
	if (p->len >= GTP_LEN)
		put(p->data + 2, p->len - GTP_LEN, 2);
}

/* @len octets more at @at, as far as there is room. */
static size_t insert(struct packet *p, size_t at, size_t len)
{
	if (len > PACKET_MAX - p->len)
		len = PACKET_MAX - p->len;
	memmove(p->data + at + len, p->data + at, p->len - at);
	p->len += len;
	return len;
}

static void flip_bit(struct source *s, struct packet *p)
{
	p->data[pick(s, p->len)] ^= 1 << pick(s, 8);
}

/* Headers are worth more than what follows. */
static void flip_early(struct source *s, struct packet *p)
{
	p->data[pick(s, p->len < 24 ? p->len : 24)] ^= 1 << pick(s, 8);
}

static void set_number(struct source *s, struct packet *p)
{
	size_t len = 1 << pick(s, 3);

	if (p->len >= len)
		put(p->data + pick(s, p->len - len + 1), number(s), len);
}

static void set_noise(struct source *s, struct packet *p)
{
	size_t at = pick(s, p->len);

	noise(s, p->data + at, 1 + pick(s, p->len - at));
}

static void cut_end(struct source *s, struct packet *p)
{
	p->len = 1 + pick(s, p->len);
}

static void cut_middle(struct source *s, struct packet *p)
{
	size_t at = pick(s, p->len), len = pick(s, p->len - at);

	memmove(p->data + at, p->data + at + len, p->len - at - len);
	p->len -= len;
}

static void add_noise(struct source *s, struct packet *p)
{
	size_t at = pick(s, p->len + 1);

	noise(s, p->data + at, insert(p, at, 1 + pick(s, pick(s, 8) ? 16 : PACKET_MAX)));
}

/* The head of one with the tail of another. */
static void splice(struct source *s, struct packet *p)
{
	const struct packet *other = &s->real[pick(s, REAL)];
	size_t at = pick(s, p->len < other->len ? p->len : other->len);

	memcpy(p->data + at, other->data + at, other->len - at);
	p->len = other->len;
}

static void other_tunnel(struct source *s, struct packet *p)
{
	const struct packet *other = &s->real[pick(s, REAL)];

	if (p->len >= GTP_LEN && other->len >= GTP_LEN)
		memcpy(p->data + 4, other->data + 4, 4);
}

static void other_type(struct source *s, struct packet *p)
{
	static const uint8_t types[] = { 1, 2, 26, 31, 254, GPDU };

	if (p->len > 1)
		p->data[1] = types[pick(s, ARRAY_SIZE(types))];
}

/* An SN near the one that it has, or any. */
static void other_sn(struct source *s, struct packet *p)
{
	uint8_t *pdu = p->data + body(p);

	if (p->len < body(p) + 3)
		return;
	if (pick(s, 2))
		put(pdu + 1, (pdu[1] << 8 | pdu[2]) + pick(s, 17) - 8, 2);
	else
		noise(s, pdu + 1, 2);
}

/* One more in front of those there are, with fitting lengths or not. */
static void add_extension(struct source *s, struct packet *p)
{
	static const uint8_t types[] = { 0x03, 0x40, 0x82, 0x84, 0x85, 0xc0, 0x00, 0xff };
	size_t len = 4 * (1 + pick(s, pick(s, 8) ? 4 : 255)), at = GTP_LEN + OPT_LEN;
	uint8_t first = 0;

	if (p->len < body(p) || p->len + OPT_LEN + len > PACKET_MAX)
		return;
	if (body(p) == GTP_LEN)
		noise(s, p->data + GTP_LEN, insert(p, GTP_LEN, OPT_LEN));
	else if (p->data[0] & FLAG_E)
		first = p->data[at - 1];
	p->data[0] |= FLAG_E;
	p->data[at - 1] = types[pick(s, ARRAY_SIZE(types))];
	noise(s, p->data + at, insert(p, at, len));
	p->data[at] = pick(s, 8) ? len / 4 : number(s);
	p->data[at + len - 1] = pick(s, 8) ? first : number(s);
}

/* A USER DATA, DELIVERY STATUS or ASSISTANCE frame of random content, with a PDU or without. */
static void add_frame(struct source *s, struct packet *p)
{
	size_t len = 4 * (2 + pick(s, 8)), at = GTP_LEN + OPT_LEN;

	if (p->len < GTP_LEN + 1)
		return;
	p->data[0] = 0x30;
	if (pick(s, 2))
		p->len = GTP_LEN;
	if (p->len + OPT_LEN + len > PACKET_MAX)
		return;
	insert(p, GTP_LEN, OPT_LEN + len);
	p->data[0] |= FLAG_E;
	put(p->data + GTP_LEN, 0x84, OPT_LEN);
	noise(s, p->data + at, len);
	p->data[at] = len / 4;
	p->data[at + 1] = pick(s, 3) << 4 | (p->data[at + 1] & 0x0f);
	p->data[at + len - 1] = 0;
}

/* A PDCP status report, or another Control PDU. */
static void make_control(struct source *s, struct packet *p)
{
	if (p->len < GTP_LEN)
		return;
	p->data[0] = 0x30;
	p->data[GTP_LEN] = pick(s, 4) ? 0 : pick(s, 128);
	put(p->data + GTP_LEN + 1, number(s), 4);
	p->len = GTP_LEN + 5 + pick(s, 64);
	noise(s, p->data + GTP_LEN + 5, p->len - GTP_LEN - 5);
}

static void (*const changes[])(struct source *s, struct packet *p) = {
	flip_bit, flip_early, set_number, set_noise, cut_end, cut_middle, add_noise, splice,
	other_tunnel, other_sn, other_sn,
	/* From here on, perhaps no Data PDU any more. */
	other_type, add_extension, add_frame, make_control,
};

enum { DATA_CHANGES = 11 };

/* Data again, whatever has been done to it. */
static void make_data(struct packet *p)
{
	if (p->len > 1)
		p->data[1] = GPDU;
	p->data[0] &= ~FLAG_E;
	if (p->len > body(p))
		p->data[body(p)] |= DC;
}

void mutate(struct source *s, struct packet *p)
{
	uint32_t n = pick(s, CHANGES + 1);

	*p = s->real[pick(s, REAL)];
	while (n--)
		changes[pick(s, s->data ? DATA_CHANGES : ARRAY_SIZE(changes))](s, p);
	if (pick(s, 8))
		set_length(p);
	if (s->data)
		make_data(p);
}

bool counts(const struct packet *p)
{
	if (p->len < GTP_LEN)
		return true;
	return p->data[1] == GPDU && !(p->data[0] & FLAG_E) &&
	       (p->len <= body(p) || p->data[body(p)] & DC);
}
