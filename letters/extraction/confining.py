"""Takes from a child process what opening a PDF never needs: files, sockets, other processes. For Linux.

After `confine()` the kernel answers any call that is not on the list below with "not permitted", as long as the process
lives (seccomp). What is left is memory, time, and reading and writing the descriptors that it has. Libraries must have
loaded all that they need before: from then on nothing can be opened.
"""

import ctypes
import errno
import os
import platform
import struct
from functools import cache

_SET_NO_NEW_PRIVILEGES, _GET_SECCOMP, _SET_SECCOMP = 38, 21, 22
_FILTER_MODE = 2
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE = 0x00050000 | errno.EPERM
# Operations of the kernel's packet filter: load a word, jump if equal, return. Places in what it looks at.
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_CALL, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16

# By machine: its number for the kernel, that of tgkill, and the calls that are let through.
_CALLS = {
    "x86_64": (
        0xC000003E,
        234,
        "read=0 write=1 close=3 fstat=5 poll=7 lseek=8 mmap=9 mprotect=10 munmap=11 brk=12 rt_sigaction=13 "
        "rt_sigprocmask=14 rt_sigreturn=15 pread64=17 readv=19 writev=20 sched_yield=24 mremap=25 madvise=28 "
        "pause=34 nanosleep=35 getpid=39 exit=60 gettimeofday=96 getrusage=98 times=100 sigaltstack=131 "
        "gettid=186 futex=202 sched_getaffinity=204 restart_syscall=219 clock_gettime=228 clock_getres=229 "
        "clock_nanosleep=230 exit_group=231 set_robust_list=273 getrandom=318 rseq=334",
    ),
    "aarch64": (
        0xC00000B7,
        131,
        "close=57 lseek=62 read=63 write=64 readv=65 writev=66 pread64=67 ppoll=73 fstat=80 exit=93 "
        "exit_group=94 futex=98 set_robust_list=99 nanosleep=101 clock_gettime=113 clock_getres=114 "
        "clock_nanosleep=115 sched_getaffinity=123 sched_yield=124 restart_syscall=128 sigaltstack=132 "
        "rt_sigaction=134 rt_sigprocmask=135 rt_sigreturn=139 times=153 getrusage=165 gettimeofday=169 "
        "getpid=172 gettid=178 brk=214 munmap=215 mremap=216 mmap=222 mprotect=226 madvise=233 getrandom=278 "
        "rseq=293",
    ),
}


def can_confine() -> bool:
    """Whether this machine's kernel offers what `confine` needs."""
    offered = _library().prctl(_GET_SECCOMP, 0, 0, 0, 0) in {0, _FILTER_MODE}
    return platform.machine() in _CALLS and offered


def confine() -> None:
    """Keep this process from everything but memory, time and its own descriptors, for good.

    Does nothing where `can_confine` is false: limits on resources still hold there. Raises OSError where the kernel
    refuses what it seemed to offer.
    """
    if not can_confine():
        return
    rules = _rules(platform.machine(), os.getpid())
    memory = ctypes.create_string_buffer(rules, len(rules))
    program = struct.pack("HxxxxxxP", len(rules) // 8, ctypes.addressof(memory))
    _prctl(_SET_NO_NEW_PRIVILEGES, 1)
    _prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.create_string_buffer(program, len(program)))


def _prctl(option: int, value: int, more: object = 0) -> None:
    library = _library()
    if library.prctl(option, ctypes.c_ulong(value), more, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "The process could not be confined.")


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _rules(machine: str, pid: int) -> bytes:
    """The kernel's filter: eight bytes a step."""
    number, tgkill, calls = _CALLS[machine]
    steps = [
        _step(_LOAD, _MACHINE),
        _step(_JUMP_IF_EQUAL, number, then=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _CALL),
    ]
    for call in calls.split():
        steps += [_step(_JUMP_IF_EQUAL, int(call.partition("=")[2]), otherwise=1), _step(_RETURN, _ALLOW)]
    # The C library's abort(), by which pdfium ends when memory runs out, sends a signal to the process itself.
    steps += [
        _step(_JUMP_IF_EQUAL, tgkill, otherwise=3),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_JUMP_IF_EQUAL, pid, otherwise=1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]
    return b"".join(steps)


def _step(operation: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", operation, then, otherwise, value)
