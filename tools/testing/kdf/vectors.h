/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Known answers of the KDF (TS 33.220 B.2) that others publish in the tests of
 * their software: srsRAN_4G, srsRAN_Project, OpenAirInterface.
 */
#ifndef _KDF_VECTORS_H
#define _KDF_VECTORS_H

enum {
	VECTOR_PARAMS = 2,
};

/**
 * struct vector - One derivation, all octets in hexadecimal
 * @name: clause and what is derived
 * @key: KEY
 * @fc: FC
 * @param: P0, P1; NULL where there is none
 * @out: derived key
 */
struct vector {
	const char *name;
	const char *key;
	unsigned char fc;
	const char *param[VECTOR_PARAMS];
	const char *out;
};

static const struct vector vectors[] = {
	{
		.name = "33.501 A.9: KgNB, UL NAS COUNT 0",
		.key = "d655f16142035d4d72ca39583d228d2dd2ec0ca7929ad007f53b382d05544405",
		.fc = 0x6e,
		.param = { "00000000", "01" },
		.out = "493a16c58b77b627fa3f1ac6344c183039f01ba0cb7636bbccc4365b023bd562",
	},
	{
		.name = "33.501 A.8: KRRCenc NEA2",
		.key = "45cbc3f8a81193fd5c5229300d59edf812e998a115ec4e0ce903ba89367e2628",
		.fc = 0x69,
		.param = { "03", "02" },
		.out = "52a995dff89bc294bd89ffb137a29f2466a09e992386c8d1df7892964c6fb522",
	},
	{
		.name = "33.501 A.8: KRRCint NIA0",
		.key = "45cbc3f8a81193fd5c5229300d59edf812e998a115ec4e0ce903ba89367e2628",
		.fc = 0x69,
		.param = { "04", "00" },
		.out = "534208f43b924efb677d95f93dbcbcb05c2cc2fda0f318a1e0ce35b9db5e80a5",
	},
	{
		.name = "33.501 A.8: KUPenc NEA2",
		.key = "45cbc3f8a81193fd5c5229300d59edf812e998a115ec4e0ce903ba89367e2628",
		.fc = 0x69,
		.param = { "05", "02" },
		.out = "7ce20670bbbcc5904087c0d42653c540152052d3dfbc3f05869b7f920095be68",
	},
	{
		.name = "33.501 A.8: KUPint NIA0",
		.key = "45cbc3f8a81193fd5c5229300d59edf812e998a115ec4e0ce903ba89367e2628",
		.fc = 0x69,
		.param = { "06", "00" },
		.out = "1ac74475a60bea4b4002a0439b722361d0deb4584095599e5806eae4f67656d8",
	},
	{
		.name = "33.501 A.8: KNASenc NEA0",
		.key = "7d861852b42a86b596fe22c8f50b9b895a1e21716b61b8d122785e25bafc0d07",
		.fc = 0x69,
		.param = { "01", "00" },
		.out = "83856a0181595521c9d32a193f59c8a8fc7e99b98b8c04201f4f9d81433b6b38",
	},
	{
		.name = "33.501 A.8: KNASint NIA2",
		.key = "7d861852b42a86b596fe22c8f50b9b895a1e21716b61b8d122785e25bafc0d07",
		.fc = 0x69,
		.param = { "02", "02" },
		.out = "25c58e27e7d2c495f3d735293a82bffaa53ee884b98d366b0289231ec4191ed3",
	},
	{
		.name = "33.401 A.3: KeNB, UL NAS COUNT 0",
		.key = "6144c681d1bea9dae1b8cf6cd10a686341db8046a1e7a9ab4d1ea0e33c994ac0",
		.fc = 0x11,
		.param = { "00000000" },
		.out = "c4c7bc798ab94e3d354cd6608e79aa92f5569df46519507850051e36f018ca5f",
	},
	{
		.name = "33.401 A.3: KeNB, UL NAS COUNT db1a3569",
		.key = "238e457e0f758badbca8d34bb2612c10428d426757cb5553b2b184fa64bfc549",
		.fc = 0x11,
		.param = { "db1a3569" },
		.out = "8eb1bf0083bd79281ef7034bf677e9ec529f196e15287514a2d122acf713b8e8",
	},
	{
		.name = "33.401 A.3: KeNB, UL NAS COUNT 001fb39c",
		.key = "564cb4d2007e4f293b67d9b29392a64add4c776b133d895af6499aa6882aab62",
		.fc = 0x11,
		.param = { "001fb39c" },
		.out = "009010688f85855e218339de6c5bd7b6394958da12ddfbf7559e978ce43408f1",
	},
	{
		.name = "33.401 A.4: NH",
		.key = "d5ef4d8f33266902295d42f322a2f2cf11fb2ccc124c09b4d88d361597037990",
		.fc = 0x12,
		.param = { "0000000000000000000000000000000000000000000000000000000000000012" },
		.out = "c855866413071b74aba01c132b943e7698aa5c11760d9bb1162ab313b11c6051",
	},
	{
		.name = "33.401 A.5: KeNB* PCI 32 EARFCN 561",
		.key = "c4c7bc798ab94e3d354cd6608e79aa92f5569df46519507850051e36f018ca5f",
		.fc = 0x13,
		.param = { "0020", "0231" },
		.out = "6f0454577f555ca76f449c2ac1da0f4fb7de4b9440110ffbd12f3a5d4de17350",
	},
	{
		.name = "33.401 A.7: KRRCint EIA2",
		.key = "c4c7bc798ab94e3d354cd6608e79aa92f5569df46519507850051e36f018ca5f",
		.fc = 0x15,
		.param = { "04", "02" },
		.out = "42f4f8c585ae8905a50d0f32a979d8b6fa1d6d1940f1d879cf0189342a8d73c2",
	},
	{
		.name = "33.401 A.7: KUPenc EEA0",
		.key = "c4c7bc798ab94e3d354cd6608e79aa92f5569df46519507850051e36f018ca5f",
		.fc = 0x15,
		.param = { "05", "00" },
		.out = "22bfb58761ca1dd3b20a281c7eab0c0b9c3c92e1ddc0c8c5706cbb8f955e8263",
	},
	{
		.name = "33.401 A.15: S-KgNB, SK counter 0",
		.key = "fe7dee808d7f3b882a082cbdc8390d129e5d28af0e8322eb573ada36f21a5a89",
		.fc = 0x1c,
		.param = { "0000" },
		.out = "45cbc3f8a81193fd5c5229300d59edf812e998a115ec4e0ce903ba89367e2628",
	},
};

/*
 * K_NG-RAN* with an ARFCN below 65536 in two octets: what some software derives,
 * and not what TS 33.501 A.11 says.
 */
static const struct vector two_octets = {
	.name = "33.501 A.11: PCI 32, ARFCN 561 in two octets",
	.key = "c4c7bc798ab94e3d354cd6608e79aa92f5569df46519507850051e36f018ca5f",
	.fc = 0x70,
	.param = { "0020", "0231" },
	.out = "82fe5b109099321225a953633c4fec579051652b77f472b33840127bdfa7a655",
};

#endif /* _KDF_VECTORS_H */
