/** Console and display. */
import { at } from '../../../authored.ts';
import { absent, emulated, passedThrough, pv, type Topic } from '../topic.ts';

const LIGHT = 'tools/libs/light';

const CONSOLE_IO = pv('console_io.', { when: { kconfig: ['CONFIG_VERBOSE_DEBUG'] } });

/** Of a domain that Xen makes a console domain. */
const FOR_BUILT_AT_BOOT = pv('console_io, to write and to read.', {
  when: { guest: ['built-at-boot'] },
});

const DEBUG_PORT = emulated('Port 0xe9, to the log of Xen; a read gives 0xe9.', {
  places: [at('xen/arch/x86/hvm/hvm.c', 'hvm_print_line')],
});

export const CONSOLE: readonly Topic[] = [
  {
    id: 'console',
    topic: 'console',
    area: 'console',
    about: 'The console that the kernel of a guest writes to.',

    places: [at(`${LIGHT}/libxl_create.c`, 'domcreate_launch_dm')],
    cells: [
      ['all', pv('The PV console ring, served by xenconsoled.', { by: 'dom0' })],
      [
        'hvm',
        pv('The PV console ring.', { by: 'dom0', when: { guest: ['pv-drivers'] } }),
        emulated('A serial port of QEMU.', {
          by: 'qemu',
          when: { xl: { serial: 'pty' } },
          places: [at(`${LIGHT}/libxl_dm.c`, 'libxl__build_device_model_args_new')],
        }),
      ],
      [
        'pv-shim',
        pv(
          'A ring that the shim serves, with the default command line console=xen,pv; the shim writes what comes from it to the ring of its container.',
          {
            by: 'shim',
            places: [
              at('xen/drivers/char/consoled.c', 'consoled_guest_rx'),
              at(`${LIGHT}/libxl_internal.h`, 'PVSHIM_CMDLINE'),
            ],
          },
        ),
        pv(
          'The ring of the container, served by xenconsoled, where pvshim_cmdline= leaves out console=pv.',
          {
            by: 'dom0',
            when: { xl: { pvshim_cmdline: 'pv-shim' } },
            places: [at('xen/arch/x86/pv/shim.c', undefined, 'pv_console')],
          },
        ),
      ],
      [
        'arm',
        pv('The PV console ring, served by xenconsoled.', { by: 'dom0' }),
        FOR_BUILT_AT_BOOT,
        emulated('A PL011.', {
          when: { xl: { vuart: 'sbsa_uart' }, kconfig: ['CONFIG_SBSA_VUART_CONSOLE'] },
          places: [at('xen/arch/arm/vpl011.c', 'domain_vpl011_init')],
        }),
        emulated(
          'A PL011 that Xen joins to its own console, where the node of the guest asks for it.',
          {
            when: { guest: ['built-at-boot'], kconfig: ['CONFIG_SBSA_VUART_CONSOLE'] },
            places: [at('xen/arch/arm/vpl011.c', 'domain_vpl011_init')],
          },
        ),
      ],
      [
        'dom0s',
        pv('The console of Xen by console_io, or the devices of the host.', {
          places: [at('xen/drivers/char/console.c', 'do_console_io')],
        }),
      ],
    ],
  },
  {
    id: 'early-console',
    topic: 'early output',
    area: 'console',
    about: 'Where a kernel can write before it has a console.',
    places: [at('xen/drivers/char/console.c', 'do_console_io')],
    cells: [
      ['pvs', pv('The ring, which start_info names.', { by: 'dom0' }), CONSOLE_IO],
      [
        'pv-shim',
        pv('The ring, which start_info names, and which the shim serves with console=pv.', {
          by: 'shim',
        }),
        CONSOLE_IO,
      ],
      ['hvms', DEBUG_PORT, CONSOLE_IO],
      ['dom0s', pv('console_io.')],
      ['pvh-dom0', pv('console_io.'), DEBUG_PORT],
      [
        'arm',
        CONSOLE_IO,
        FOR_BUILT_AT_BOOT,
        emulated('The PL011.', {
          when: { xl: { vuart: 'sbsa_uart' }, kconfig: ['CONFIG_SBSA_VUART_CONSOLE'] },
        }),
      ],
    ],
  },
  {
    id: 'display',
    topic: 'display',
    area: 'console',
    about: 'Whether a guest has a screen.',
    places: [at(`${LIGHT}/libxl_dm.c`, 'libxl__build_device_model_args_new')],
    cells: [
      [
        'all',
        absent('None by default.'),
        pv('A PV framebuffer.', { by: 'qemu', when: { xl: { vfb: 'vnc=1' } } }),
      ],
      [
        'hvm',
        emulated('A VGA adapter of QEMU.', { by: 'qemu' }),
        absent('None.', { when: { xl: { vga: 'none' } } }),
      ],
      ['pv-dom0', passedThrough('That of the host; the mode at boot is in start_info.')],
      ['pvh-dom0', passedThrough('That of the host, whose memory is mapped.')],
      [
        'arm',
        absent('None by default.'),
        pv('A PV framebuffer.', { by: 'qemu', when: { xl: { vfb: 'vnc=1' } } }),
      ],
      ['arm-dom0', passedThrough('That of the host.')],
    ],
  },
];
