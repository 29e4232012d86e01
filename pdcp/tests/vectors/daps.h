/* SPDX-License-Identifier: GPL-2.0 */
/*
 * DAPS handover cases on DRB1 and SRB1 (BEARER 0), 38.323 5.13 and 5.2.2: what stands on each
 * leg, computed with an independent model.  All octet strings are hexadecimal.
 */

#ifndef _PDCP_VECTORS_DAPS_H
#define _PDCP_VECTORS_DAPS_H

#include <linux/types.h>

struct daps_context {
	u8 nea;
	u8 nia;
	const char *kenc;
	const char *kint;
};

static const struct daps_context daps_source __maybe_unused = {
	.nea = 2,
	.nia = 2,
	.kenc = "1226cfb0769e0adf0b8fa56cc8b163ad",
	.kint = "b95f16e2c3f3329697fc5a28cb1d8943",
};

static const struct daps_context daps_target __maybe_unused = {
	.nea = 1,
	.nia = 1,
	.kenc = "fb4478e87a1ef429fdbca23a3d2394a9",
	.kint = "93324050ddbf7641945adea62ac143e0",
};

/* SDU of COUNT 0, 1, 2... */
static const char * const daps_sdus[] __maybe_unused = {
	"0b9398810d7ffccfb5a4dd7297264a82896a00974995b4b957cb5d2685f7568f1f9d1fc25aa1b2cb",
	"d3237a3524c9ce2c3607e9fbe8cd1aeb13a20332a0e9cfcc8cfc3667666c98c6f5012659b3aef9c125",
	"b32cdb06c8397f38062b69526fa967a808986a6e7fd7bff95e87f6139890701c410c406fe97058083d1c",
	"f54034fc124d300896c5957ba40464e666621bedb779146b681f2d06ab680e691c0ce0dee730596efb040e",
	"d5c31642d171058a0fd9b9c8e5072044b7b78b86f67c284cf4b6e780ffcd757b8fa883e06791ed07974257a5",
	"9bb74cd1c5ca734ea7c5b66615a415c446dce8a857100f43b32e5a21d5411fb492d946d2942c3afc5e5ee3d5e7",
	"a46ba3ffd7d90daccf050d8c5fc86b711ab46fa8fa1caa3ee000930926f3426a03dcea8fcbaedab0c456f49c2a75",
	"b05b25d7791a6ddeaa60d0278dc7e0eece3944b91d8960da428a1790e096a2f2237f19c76b8d43f23f1cd63a8e8c60",
	"d645ef99aacb6373ec63a4c5a45f6dccefb245df92d3b74b316d66cd77bfe4bdd1d85d76d7cbf78c24a80386efe0b33a",
	"0d21eaf0b524c8ea9d7049280e56bee0d1e01f9072d8248af50cb40c41e888797afac3a2fd0f4e9bec1aaab63494a0de20",
};

struct daps_pdu {
	u32 count;
	const char *pdu;
};

/*
 * AM, 18-bit SN, uplink.  The source leg carries COUNT 0 to 5, its RLC confirms 0, 1 and 3;
 * then the switch, and two more SDUs.  COUNT 3 goes out again: everything from the first
 * unconfirmed SDU does.
 */
static const char * const daps_am_source[] __maybe_unused = {
	"80000051ef01baaa865b5282eb9c947ffacd69d414980511ee22cc4a5970e7d645f4d3c29c8f0d04398c01c3e4fc3e",
	"80000118346812a09c703f66605eacf5cdccdfcd8449f84ed65df4508a6b458720a20dce9b29957b7af139ce5d29d7da",
	"800002aa8302b2fb01190f7de72196f97b3eed1132f9ffef24e0d96b26393d0b4e80059857dbac57b74203463e059cedf9",
	"80000313b301c51c9d54a993c6b18456361d8fbd17325f0b51b635a7b1b4ede0b90f46a71c8f59668019bb22eb5d5981f521",
	"80000428d4aa8e956c9d857aae609019b8e1223d41758828803d771d900a8a21582ee2f6f040ae4bfddb2c3e1793bb909ed306",
	"8000058db7ad25a19ff7436a067b65c042302d8baf569801343b1c9d820d06585f6055a5c29af7c6ff8d625e86bb24e6f59fb6f1",
};

static const u32 daps_am_confirmed[] __maybe_unused = { 0, 1, 3 };

static const struct daps_pdu daps_am_target[] __maybe_unused = {
	{ 2,
	  "8000025d64e2d4aad55c0ae2972f877ba6857f2cb8cd6aaaa27ac97c82338e21fa339189018e38aa366d848969056d2bc9",
	},
	{ 3,
	  "800003e97c5c09e7206dda3e30e47e71fe47e811e19893e066faed8dd7262d5999d154dbd383a39732e15430c5897f6a7048",
	},
	{ 4,
	  "8000043e0a77f4e098d07b41d2284357bc069f7850cd729f1eec4825bcf8251821227346ccfa989a4e772597ef2110be2ab482",
	},
	{ 5,
	  "8000057773d52a8107bdd6295bc4567bd4bd2c5693573fb182c93d1854617f9b0746b4a5c1b65d907fc247484213bd5a84aaf063",
	},
	{ 6,
	  "80000670bc82d5eb2d55d3f21dff7fee32629bf97effe515718ebc5a4a13c450e285886d0124a61527d58196567b7434986d750cb3",
	},
	{ 7,
	  "800007847b2b16fa1d6901574ce2fbb98d20a40a06d561fe44a93a79b6d8d15f10e172b35c1c128e07b689bb7da456d08d40ccac04ca",
	},
};

/*
 * UM, 12-bit SN, uplink.  COUNT 0 to 5 are numbered, 0 to 3 of them submitted to the source
 * leg; then the switch, and one more SDU.
 */
static const char * const daps_um_source[] __maybe_unused = {
	"800051ef01baaa865b5282eb9c947ffacd69d414980511ee22cc4a5970e7d645f4d3c29c8f0d04398c01d8492093",
	"800118346812a09c703f66605eacf5cdccdfcd8449f84ed65df4508a6b458720a20dce9b29957b7af139ce1544434d",
	"8002aa8302b2fb01190f7de72196f97b3eed1132f9ffef24e0d96b26393d0b4e80059857dbac57b74203463efa82797f",
	"800313b301c51c9d54a993c6b18456361d8fbd17325f0b51b635a7b1b4ede0b90f46a71c8f59668019bb22eb5d5543b476",
};

static const struct daps_pdu daps_um_target[] __maybe_unused = {
	{ 4,
	  "80043e0a77f4e098d07b41d2284357bc069f7850cd729f1eec4825bcf8251821227346ccfa989a4e772597ef211073b81132",
	},
	{ 5,
	  "80057773d52a8107bdd6295bc4567bd4bd2c5693573fb182c93d1854617f9b0746b4a5c1b65d907fc247484213bd5a5f97c211",
	},
	{ 6,
	  "800670bc82d5eb2d55d3f21dff7fee32629bf97effe515718ebc5a4a13c450e285886d0124a61527d58196567b743498ca1a77d9",
	},
};

/* delivered: COUNTs below this one are delivered after the PDU */
struct daps_rx_step {
	bool target;
	u32 count;
	const char *pdu;
	u32 delivered;
};

/* 18-bit SN, downlink: one window, the key by the leg.  The second COUNT 4 is a duplicate. */
static const struct daps_rx_step daps_rx_steps[] __maybe_unused = {
	{ false, 0,
	  "80000049f64b004b281971587aef5597d6093e758c833f7e7aacc7dfbf76ed62b9cd768b2d2a25afb767dcd213a9e0",
	  1 },
	{ false, 2,
	  "800002989db533f2ed5e40337643abc323b9318556a21d3dbeecee52a006e081e8a2b02198f7d6c3eeb3b2fa4406b25283",
	  1 },
	{ true, 3,
	  "8000030db078ce33ef318596d14776590f416899d08ee168af8fc02a56665be82798f1cf0369237c51a5a15b2c45c99d13d3",
	  1 },
	{ true, 1,
	  "800001617a77c6816a186e7f9bcc0b01b2ed610671397965fc576da32757889c84b3506ecabaf8775d7d2bf0dd4aefde",
	  4 },
	{ false, 4,
	  "8000041fd4dcd13b87f17faacc79eb425385f9f833a6753d6fb855a064104ec4e5df1f290e86f0bd1faa2b39f5f5626b7a8843",
	  5 },
	{ true, 4,
	  "800004fdd575e4096ef33256e3201b1804579d7e7944b796a079c899decce7d731a3951bef08d65993a2004d73c60111bbab81",
	  5 },
	{ true, 5,
	  "800005732df4c2f9442474da1a8a2578738851f5ce4213f2caa2b6d6cadce47df3510faa898a784e05c8ff4d04a5105dda66c91e",
	  6 },
};

/* Next PDU of that bearer, protected for the source, arriving from the target: fails integrity. */
static const struct daps_pdu daps_wrong_leg __maybe_unused = {
	6,
	"800006ec337eff661e3add832ffd2d2f01736ade7f8f48d4dc3cc0af46ec73d91f8cc5934b70d6b639fde7710d177da188d0dc4f11",
};

/*
 * DRB1, 18-bit SN, uplink, both legs with the source's keys: COUNT 2 as it left on the source
 * leg and, compressed otherwise, on the target leg.  Keystream reuse: the octets behind the
 * header give away the XOR of the two plaintexts.
 */
static const char * const daps_same_key[] __maybe_unused = {
	"80000251eb8b99554d0a5b567f641f901a603a21acb8f8c29cf6479da95744fda127a620051c35ad5f8a7b67631228dc58e5d99d489b0822a8cd",
	"800002711cf56f35f05f4843ca63adc4bdf022b1a20bfbfe8c889fccff48d880466069c51a9783d12e6a53731f02b0a2551d",
};

/*
 * SRB1, NEA2 and NIA2, uplink: the same key derived twice protects COUNT 0 of two messages, which
 * gives away the XOR of the two.
 */
static const struct daps_context daps_repeated_key __maybe_unused = {
	.nea = 2,
	.nia = 2,
	.kenc = "2f100d2a59f0fdfded1e845136164d39",
	.kint = "0f23236f4b275ef99c286edc7bd82c7d",
};

static const struct {
	const char *sdu;
	const char *pdu;
} daps_repeated_count[] __maybe_unused = {
	{ "4fbbb370dc3457605cc8d6dd",
	  "00006580a13a4045d1f2998147d332c8c7ae" },
	{ "9cef4c19716fa512e0a26172",
	  "0000b6d45e53ed1e238025ebf07c127063c9" },
};

#endif /* _PDCP_VECTORS_DAPS_H */
