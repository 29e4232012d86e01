// SPDX-License-Identifier: GPL-2.0
/* Status reports.  Input: a Control PDU. */

#include "fuzz.h"
#include "pdcp/count.h"
#include "pdcp/pdu.h"
#include "pdcp/status.h"
#include "pdcp/window.h"

enum {
	BITMAP = 5,			/* offset */
};

u32 allocations = ~0U;

static bool bit_of(const struct pdcp_status *st, size_t i)
{
	return st->bitmap[i / BITS_PER_BYTE] & 0x80 >> i % BITS_PER_BYTE;
}

/* A confirmation is what the bitmap says, and nothing that it does not reach. */
static void check_confirmed(const struct pdcp_status *st)
{
	size_t bits = st->bitmap_len * BITS_PER_BYTE;
	size_t i;

	HOLDS(!pdcp_status_confirms(st, st->fmc));
	HOLDS(pdcp_status_confirms(st, 0) == (st->fmc > 0));
	HOLDS(pdcp_status_confirms(st, st->fmc - 1) == (st->fmc > 0));
	for (i = 0; i < bits && st->fmc + i < U32_MAX; i++)
		HOLDS(pdcp_status_confirms(st, st->fmc + 1 + i) == bit_of(st, i));
	if (st->fmc + bits < U32_MAX)
		HOLDS(!pdcp_status_confirms(st, st->fmc + bits + 1));
	HOLDS(st->fmc == U32_MAX || pdcp_status_confirms(st, U32_MAX) ==
	      (U32_MAX - st->fmc <= bits && bit_of(st, U32_MAX - st->fmc - 1)));
}

/* A receiver that has got just that; octets from which on the report says nothing it can say. */
static size_t receive(struct pdcp_window *w, u8 sn_bits, const struct pdcp_status *st)
{
	static u8 item;
	size_t len = 0;
	size_t i;

	HOLDS(!pdcp_window_init(w, sn_bits, false));
	HOLDS(!pdcp_window_set(w, st->fmc, st->fmc));
	for (i = 0; i < st->bitmap_len * BITS_PER_BYTE; i++) {
		if (!bit_of(st, i))
			continue;
		/* COUNT may be no higher, and no further from RX_DELIV. */
		if (i + 1 >= pdcp_count_window(sn_bits) || st->fmc + 1 + i > PDCP_COUNT_MAX ||
		    st->fmc == U32_MAX)
			break;
		HOLDS(pdcp_window_insert(w, st->fmc + 1 + i, &item) == PDCP_WINDOW_STORED);
		len = i / BITS_PER_BYTE + 1;
	}
	return len;
}

/* What that receiver reports is the report, up to its last bit that is 1. */
static void check_rebuilt(const u8 *pdu, u8 sn_bits, const struct pdcp_status *st)
{
	struct pdcp_window w;
	size_t len = receive(&w, sn_bits, st);
	size_t size = BITMAP + len;
	u8 *again = buffer(size);
	u32 count;

	HOLDS(pdcp_status_size(&w) == size);
	HOLDS(pdcp_status_compile(&w, again, BITMAP - 1) == -EMSGSIZE);
	HOLDS(pdcp_status_compile(&w, again, size) == size);
	HOLDS(again[0] == pdcp_pdu_control_octet(PDCP_CONTROL_STATUS));
	HOLDS(!memcmp(again + 1, pdu + 1, BITMAP - 1));
	/* The last octet may go on with what the receiver could not get. */
	HOLDS(!len || !memcmp(again + BITMAP, st->bitmap, len - 1));
	HOLDS(!len || !(again[size - 1] & ~st->bitmap[len - 1]));
	buffer_free(again, size);
	while (pdcp_window_flush(&w, &count))
		;
	HOLDS(!w.map);
}

int fuzz_one(const u8 *data, size_t size)
{
	u8 *pdu = copy(data, size);
	struct pdcp_status st;

	if (!pdcp_status_parse(pdu, size, &st)) {
		HOLDS(st.bitmap == pdu + BITMAP && st.bitmap_len == size - BITMAP);
		check_confirmed(&st);
		check_rebuilt(pdu, PDCP_SN_BITS_SHORT, &st);
		check_rebuilt(pdu, PDCP_SN_BITS_LONG, &st);
	}
	buffer_free(pdu, size);
	return 0;
}
