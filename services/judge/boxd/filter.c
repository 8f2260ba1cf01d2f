/* seccomp: one deny-list for every language, compilers and checkers too. It takes away what is
   not namespaced, what only widens the kernel's surface, and what lets two boxes signal each
   other. Landlock on top where the kernel has it. */
#define _GNU_SOURCE
#include "boxd.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "boxd knows x86_64 and aarch64"
#endif

/* Numbers newer than the headers of Debian 12; the same on both architectures. */
enum { NR_CACHESTAT = 451, NR_STATMOUNT = 457, NR_LISTMOUNT = 458,
       NR_LSM_GET = 459, NR_LSM_SET = 460, NR_LSM_LIST = 461, NR_OPEN_TREE_ATTR = 467 };

/* Answered with EPERM. */
static const int denied[] = {
    /* other processes, and the tracing and measuring of them */
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_process_madvise,
    SYS_process_mrelease, SYS_pidfd_getfd, SYS_kcmp, SYS_perf_event_open, SYS_move_pages,
    SYS_migrate_pages, SYS_setpriority, SYS_sched_setaffinity, SYS_sched_setscheduler,
    SYS_sched_setparam, SYS_sched_setattr, SYS_ioprio_set,
    /* kernel objects that no namespace keeps apart, or that outlive a run */
    SYS_add_key, SYS_request_key, SYS_keyctl, SYS_shmget, SYS_shmat, SYS_semget, SYS_msgget,
    SYS_mq_open, SYS_mq_unlink, SYS_inotify_add_watch, SYS_fanotify_init, SYS_fanotify_mark,
    /* surface */
    SYS_bpf, SYS_userfaultfd, SYS_kexec_load, SYS_kexec_file_load, SYS_init_module,
    SYS_finit_module, SYS_delete_module, SYS_open_by_handle_at, SYS_name_to_handle_at,
    SYS_lookup_dcookie, SYS_quotactl, SYS_quotactl_fd, SYS_swapon, SYS_swapoff, SYS_acct,
    SYS_reboot, SYS_syslog, SYS_vhangup, SYS_personality, SYS_nfsservctl, SYS_memfd_secret,
    /* mounts, roots and namespaces */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount, SYS_fsopen,
    SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr, NR_STATMOUNT, NR_LISTMOUNT,
    NR_OPEN_TREE_ATTR, SYS_unshare, SYS_setns, SYS_sethostname, SYS_setdomainname,
    /* identity and clocks */
    SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid,
    SYS_setfsuid, SYS_setfsgid, SYS_setgroups, SYS_capset, SYS_settimeofday, SYS_clock_settime,
    SYS_clock_adjtime, SYS_adjtimex, NR_LSM_GET, NR_LSM_SET, NR_LSM_LIST,
    /* sockets: a local pair only */
    SYS_socket, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_connect,
#if defined(__x86_64__)
    SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_uselib, SYS_ustat, SYS_sysfs, SYS__sysctl,
    SYS_create_module, SYS_get_kernel_syms, SYS_query_module,
#endif
};

/* Answered with ENOSYS: runtimes try these and fall back. clone3 hides its flags from a filter. */
static const int absent[] = {SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
                             SYS_clone3, NR_CACHESTAT};


/* Answered with 0 and not done: locks on shared read-only files would be a channel between
   boxes, and refusing them breaks build tools that lock their private caches. */
static const int pretended[] = {SYS_flock};

enum { CODE_MAX = 512 };

struct code {
    struct sock_filter line[CODE_MAX];
    unsigned short used;
};

static void put(struct code *code, struct sock_filter line) {
    if (code->used < CODE_MAX)
        code->line[code->used++] = line;
}

static void load(struct code *code, size_t offset) {
    put(code, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offset));
}

static void leave(struct code *code, unsigned action) {
    put(code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/* The next `skip` lines hold only when the loaded word equals the value. */
static void unless_equal_skip(struct code *code, unsigned value, unsigned char skip) {
    put(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip));
}

static unsigned refuse(int error) {
    return SECCOMP_RET_ERRNO | ((unsigned)error & SECCOMP_RET_DATA);
}

struct answer {
    int call;
    unsigned action;
};

static int by_call(const void *a, const void *b) {
    return ((const struct answer *)a)->call - ((const struct answer *)b)->call;
}

/* A search tree, not a list: the kernel tries a new filter on every call number to learn which
   are always allowed, and a list of 110 makes that cost a quarter of a millisecond each run. */
static void put_tree(struct code *code, const struct answer *answers, size_t count) {
    if (count <= 4) {
        for (size_t i = 0; i < count; i++) {
            unless_equal_skip(code, (unsigned)answers[i].call, 1);
            leave(code, answers[i].action);
        }
        leave(code, SECCOMP_RET_ALLOW);
        return;
    }
    size_t half = count / 2;
    put(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (unsigned)answers[half].call, 0, 1));
    unsigned short jump = code->used;
    put(code, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 0));
    put_tree(code, answers, half);
    if (jump < CODE_MAX)
        code->line[jump].k = (unsigned)(code->used - jump - 1);
    put_tree(code, answers + half, count - half);
}

static size_t argument(int index) {
    return offsetof(struct seccomp_data, args) + 8 * (size_t)index; /* low half: little endian */
}

/* call(…, argument & mask != 0, …) gets the action. */
static void refuse_bits(struct code *code, int call, int index, unsigned mask, unsigned action) {
    unless_equal_skip(code, (unsigned)call, 4);
    load(code, argument(index));
    put(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, mask, 0, 1));
    leave(code, action);
    leave(code, SECCOMP_RET_ALLOW);
}

/* call(…, argument == value, …) gets the action; several in a row share a call. */
static void refuse_value(struct code *code, int call, int index, unsigned value, unsigned action) {
    unless_equal_skip(code, (unsigned)call, 4);
    load(code, argument(index));
    unless_equal_skip(code, value, 1);
    leave(code, action);
    load(code, offsetof(struct seccomp_data, nr));
}

static void allow_only(struct code *code, int call, int index, unsigned value) {
    unless_equal_skip(code, (unsigned)call, 4);
    load(code, argument(index));
    unless_equal_skip(code, value, 1);
    leave(code, SECCOMP_RET_ALLOW);
    leave(code, refuse(EPERM));
}

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static void write_filter(struct code *code) {
    load(code, offsetof(struct seccomp_data, arch));
    put(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
    leave(code, SECCOMP_RET_KILL_PROCESS);
    load(code, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    /* x32 calls; -1 is a skipped call of a tracer, which nobody has here. */
    put(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1));
    leave(code, SECCOMP_RET_KILL_PROCESS);
#endif
    const int locks[] = {F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW};
    for (size_t i = 0; i < COUNT(locks); i++)
        refuse_value(code, SYS_fcntl, 1, (unsigned)locks[i], refuse(0));
    const int signals[] = {F_SETLEASE, F_NOTIFY, F_SETOWN, F_SETSIG, F_SETOWN_EX};
    for (size_t i = 0; i < COUNT(signals); i++)
        refuse_value(code, SYS_fcntl, 1, (unsigned)signals[i], refuse(EPERM));
    const unsigned terminals[] = {TIOCSTI, 0x541cU /* TIOCLINUX */, FIOASYNC, FIOSETOWN};
    for (size_t i = 0; i < COUNT(terminals); i++)
        refuse_value(code, SYS_ioctl, 1, terminals[i], refuse(EPERM));
    refuse_bits(code, SYS_clone, 0, 0x7e020000U /* CLONE_NEW* */, refuse(EPERM));
    refuse_bits(code, SYS_mmap, 3, MAP_HUGETLB, refuse(EPERM));
    refuse_bits(code, SYS_memfd_create, 1, 0x4U /* MFD_HUGETLB */, refuse(EPERM));
    allow_only(code, SYS_prlimit64, 0, 0);
    allow_only(code, SYS_socketpair, 0, AF_UNIX);
    struct answer answers[COUNT(denied) + COUNT(absent) + COUNT(pretended)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(denied); i++)
        answers[count++] = (struct answer){denied[i], refuse(EPERM)};
    for (size_t i = 0; i < COUNT(absent); i++)
        answers[count++] = (struct answer){absent[i], refuse(ENOSYS)};
    for (size_t i = 0; i < COUNT(pretended); i++)
        answers[count++] = (struct answer){pretended[i], refuse(0)};
    qsort(answers, count, sizeof answers[0], by_call);
    put_tree(code, answers, count);
}

int filter_install(void) {
    static struct code code;
    if (code.used == 0)
        write_filter(&code);
    if (code.used >= CODE_MAX)
        return -E2BIG;
    struct sock_fprog program = {code.used, code.line};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ? 0 : -errno;
}

enum { SCOPE_ABSTRACT_SOCKETS = 1, SCOPE_SIGNALS = 2 };

/* Handled rights beyond those that Debian 12's headers name are numbered by hand. */
struct landlock_attributes {
    uint64_t files, network, scoped;
};

static int landlock_allow(int ruleset, const char *path, uint64_t rights) {
    struct landlock_path_beneath_attr rule = {.allowed_access = rights};
    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0)
        return -errno;
    long done = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int error = done == 0 ? 0 : -errno;
    close(rule.parent_fd);
    return error;
}

/* A ruleset for the box as mounted now: writing only below /box and /tmp and to the devices, no
   TCP, no signal or abstract socket out of the box. -1 where the kernel has no Landlock. */
int landlock_prepare(int *abi) {
    enum { WRITE = 1 << 1, TRUNCATE = 1 << 14 };
    long found = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    *abi = found < 0 ? 0 : (int)found;
    if (found < 3)
        return -1; /* without the right to truncate it promises less than it seems to */
    const uint64_t changes = 0x7ff2; /* write, remove, make, refer, truncate; not execute or read */
    struct landlock_attributes attributes = {changes, found >= 4 ? 3 : 0,
                                             found >= 6 ? SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS : 0};
    size_t size = found >= 6 ? 24 : found >= 4 ? 16 : 8;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
    if (ruleset < 0)
        return -1;
    if (landlock_allow(ruleset, "/box", changes) || landlock_allow(ruleset, "/tmp", changes) ||
        landlock_allow(ruleset, "/dev", WRITE | TRUNCATE)) {
        close(ruleset);
        return -1;
    }
    return ruleset;
}

int landlock_restrict(int ruleset) {
    return syscall(SYS_landlock_restrict_self, ruleset, 0) == 0 ? 0 : -errno;
}
