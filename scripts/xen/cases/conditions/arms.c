#ifndef WHEEL_H
#define WHEEL_H
#ifdef CONFIG_PV
a
#elif defined(CONFIG_HVM) && !defined(CONFIG_PV_SHIM_EXCLUSIVE)
b
#else
c
#endif
d
#endif
