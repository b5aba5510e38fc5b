import { z } from 'astro/zod';

const party = z.strictObject({
  name: z.string(),
  status: z.string().nullable().describe('As SUPPORT.md writes it; null when it has no row'),
});

export const PV_PROTOCOL_ROLES = ['device', 'infrastructure', 'library'] as const;

/** Attributes of `pv-protocol` facts: names as in the source, absent values as null. */
export const pvProtocolAttributes = z.strictObject({
  header: z.string().describe('Path of the public header'),
  role: z
    .enum(PV_PROTOCOL_ROLES)
    .describe('`infrastructure`: what the devices are built of or started with'),
  devices: z
    .array(z.strictObject({ name: z.string(), kind: z.string() }))
    .describe('Device types of libxl and the kinds of their XenStore nodes'),
  option: z.string().nullable().describe('The xl.cfg key that gives a guest such a device'),
  backends: z.array(party).describe('Who serves the protocol'),
  frontends: z.array(party).describe('Drivers of guests that SUPPORT.md names'),
  qemu: z
    .strictObject({
      backend: z.boolean().describe('libxl knows a backend kind of the device as one of QEMU'),
      started: z
        .boolean()
        .describe('Such a device can make libxl start QEMU for a PV or PVH guest'),
    })
    .describe('What libxl says of QEMU'),
});
