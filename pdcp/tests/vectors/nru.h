/* SPDX-License-Identifier: GPL-2.0 */
/*
 * NR-U frames, 38.425 5.5.2, with their padding: of the well formed ones Wireshark reads the
 * same fields (of delivered ranges the flag alone).  All octet strings are hexadecimal.
 */

#ifndef _PDCP_VECTORS_NRU_H
#define _PDCP_VECTORS_NRU_H

#include <linux/types.h>

#include "pdcp/nru.h"

/* @frame: content of the container; @parsed.blocks is NULL, the blocks are in @blocks */
struct nru_data_vector {
	const char *name;
	const char *frame;
	struct pdcp_nru_data parsed;
	struct pdcp_nru_block blocks[3];
};

static const struct nru_data_vector nru_data_vectors[] = {
	{ "dud_min", "000000000000", {} },
	{ "dud_snmax", "0000ffffff00", {
		.sn = 16777215,
	  } },
	{ "dud_no_tpdu", "000000000500", {
		.sn = 5,
	  } },
	{ "dud_poll", "010000000100", {
		.flags = PDCP_NRU_DATA_POLL,
		.sn = 1,
	  } },
	{ "dud_flush", "020000000203ffff0000", {
		.flags = PDCP_NRU_DATA_FLUSH,
		.sn = 2,
		.flush_sn = 262143,
	  } },
	{ "dud_block1", "04000000030100006405", {
		.flags = PDCP_NRU_DATA_BLOCKS,
		.sn = 3,
		.num_blocks = 1,
	  }, { { 100, 5 } } },
	{ "dud_block3", "040000000403000ffe0400000a010000c8ff", {
		.flags = PDCP_NRU_DATA_BLOCKS,
		.sn = 4,
		.num_blocks = 3,
	  }, { { 4094, 4 }, { 10, 1 }, { 200, 255 } } },
	{ "dud_flush_block", "060000000500004d010000500200", {
		.flags = PDCP_NRU_DATA_BLOCKS | PDCP_NRU_DATA_FLUSH,
		.sn = 5,
		.flush_sn = 77,
		.num_blocks = 1,
	  }, { { 80, 2 } } },
	{ "dud_report", "00080000060012340000", {
		.flags = PDCP_NRU_DATA_REPORT,
		.sn = 6,
		.report_sn = 4660,
	  } },
	{ "dud_ooseq", "001000000700", {
		.flags = PDCP_NRU_DATA_OUT_OF_SEQ,
		.sn = 7,
	  } },
	{ "dud_exist", "000400000800", {
		.flags = PDCP_NRU_DATA_EXISTENCE,
		.sn = 8,
	  } },
	{ "dud_aipoll", "000200000900", {
		.flags = PDCP_NRU_DATA_ASSISTANCE_POLL,
		.sn = 9,
	  } },
	{ "dud_retx", "000100000a00", {
		.flags = PDCP_NRU_DATA_RETRANSMISSION,
		.sn = 10,
	  } },
	{ "dud_all", "071fabcdef0200010202000503020010010200200000", {
		.flags = PDCP_NRU_DATA_BLOCKS | PDCP_NRU_DATA_FLUSH | PDCP_NRU_DATA_POLL |
			 PDCP_NRU_DATA_OUT_OF_SEQ | PDCP_NRU_DATA_REPORT |
			 PDCP_NRU_DATA_EXISTENCE | PDCP_NRU_DATA_ASSISTANCE_POLL |
			 PDCP_NRU_DATA_RETRANSMISSION,
		.sn = 11259375,
		.flush_sn = 131073,
		.report_sn = 131104,
		.num_blocks = 2,
	  }, { { 131077, 3 }, { 131088, 1 } } },
	{ "unknown_ext_skippable", "000000002100", {
		.sn = 33,
	  } },
};

/* @parsed.lost and @parsed.ranges are NULL, the ranges are in @lost and @ranges */
struct nru_status_vector {
	const char *name;
	const char *frame;
	struct pdcp_nru_status parsed;
	struct pdcp_nru_range lost[3];
	struct pdcp_nru_range ranges[2];
};

static const struct nru_status_vector nru_status_vectors[] = {
	{ "ddds_min", "100000000000", {} },
	{ "ddds_dbs_max", "1000ffffffff", {
		.buffer_size = 4294967295U,
	  } },
	{ "ddds_tx", "18000001000000001100", {
		.flags = PDCP_NRU_STATUS_TX,
		.buffer_size = 65536,
		.tx = 17,
	  } },
	{ "ddds_dlv", "14000001000000001000", {
		.flags = PDCP_NRU_STATUS_DELIVERED,
		.buffer_size = 65536,
		.delivered = 16,
	  } },
	{ "ddds_tx_dlv", "1c00000100000000100000110000", {
		.flags = PDCP_NRU_STATUS_TX | PDCP_NRU_STATUS_DELIVERED,
		.buffer_size = 65536,
		.delivered = 16,
		.tx = 17,
	  } },
	{ "ddds_final", "1e00000000000000100000110000", {
		.flags = PDCP_NRU_STATUS_TX | PDCP_NRU_STATUS_DELIVERED | PDCP_NRU_STATUS_FINAL,
		.delivered = 16,
		.tx = 17,
	  } },
	{ "ddds_rate", "1008000003e807735940", {
		.flags = PDCP_NRU_STATUS_DATA_RATE,
		.buffer_size = 1000,
		.data_rate = 125000000,
	  } },
	{ "ddds_lost1", "1100000003e80100000700000700", {
		.flags = PDCP_NRU_STATUS_LOST,
		.buffer_size = 1000,
		.num_lost = 1,
	  }, .lost = { { 7, 7 } } },
	{ "ddds_lost3", "1100000003e803fffffe00000100000900000c00001400001400", {
		.flags = PDCP_NRU_STATUS_LOST,
		.buffer_size = 1000,
		.num_lost = 3,
	  }, .lost = { { 16777214, 1 }, { 9, 12 }, { 20, 20 } } },
	{ "ddds_outage", "1c010000000000012200012c0100", {
		.flags = PDCP_NRU_STATUS_TX | PDCP_NRU_STATUS_DELIVERED | PDCP_NRU_STATUS_CAUSE,
		.delivered = 290,
		.tx = 300,
		.cause = 1,
	  } },
	{ "ddds_resume", "1c010000c35000012200012c0200", {
		.flags = PDCP_NRU_STATUS_TX | PDCP_NRU_STATUS_DELIVERED | PDCP_NRU_STATUS_CAUSE,
		.buffer_size = 50000,
		.delivered = 290,
		.tx = 300,
		.cause = 2,
	  } },
	{ "ddds_dl_outage", "10010000000004000000", {
		.flags = PDCP_NRU_STATUS_CAUSE,
		.cause = 4,
	  } },
	{ "ddds_retx", "10060000000a00000b00000c0000", {
		.flags = PDCP_NRU_STATUS_RETX | PDCP_NRU_STATUS_DELIVERED_RETX,
		.buffer_size = 10,
		.delivered_retx = 11,
		.retx = 12,
	  } },
	{ "ddds_all", "1f0f00001000000f42400100000500000600012200012c030000cd0000d2", {
		.flags = PDCP_NRU_STATUS_TX | PDCP_NRU_STATUS_DELIVERED |
			 PDCP_NRU_STATUS_FINAL | PDCP_NRU_STATUS_LOST |
			 PDCP_NRU_STATUS_DATA_RATE | PDCP_NRU_STATUS_RETX |
			 PDCP_NRU_STATUS_DELIVERED_RETX | PDCP_NRU_STATUS_CAUSE,
		.buffer_size = 4096,
		.data_rate = 1000000,
		.delivered = 290,
		.tx = 300,
		.cause = 3,
		.delivered_retx = 205,
		.retx = 210,
		.num_lost = 1,
	  }, .lost = { { 5, 6 } } },
	{ "ddds_range", "1c100000100000012200012c0200012400012700012a00012b00", {
		.flags = PDCP_NRU_STATUS_TX | PDCP_NRU_STATUS_DELIVERED |
			 PDCP_NRU_STATUS_RANGES,
		.buffer_size = 4096,
		.delivered = 290,
		.tx = 300,
		.num_ranges = 2,
	  }, .ranges = { { 292, 295 }, { 298, 299 } } },
	{ "ddds_with_ul_tpdu", "1c000000100000012200012c0000", {
		.flags = PDCP_NRU_STATUS_TX | PDCP_NRU_STATUS_DELIVERED,
		.buffer_size = 4096,
		.delivered = 290,
		.tx = 300,
	  } },
};

/* @num: octets up to the padding */
struct nru_bad_vector {
	const char *name;
	const char *frame;
};

/* Frames that end early, or are of a reserved type. */
static const struct nru_bad_vector nru_bad_vectors[] = {
	{ "nru_type7", "700000000000" },
	{ "dud_trunc", "0000" },
	{ "dud_blocks_trunc", "04000000010900000501" },
	{ "ddds_lost_trunc", "1100000000012800000500000600" },
	{ "ddds_short", "1000" },
};

#endif /* _PDCP_VECTORS_NRU_H */
