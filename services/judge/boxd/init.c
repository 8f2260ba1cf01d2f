/* A slot's init: sets itself up inside its namespaces, then serves runs until told to go. */
#define _GNU_SOURCE
#include "boxd.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FIRST_BOX_BYTES = 64 << 20, FIRST_BOX_INODES = 4096 };

static struct slot slot;

static void pin(int cpu) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)cpu, &set);
    if (cpu >= 0)
        sched_setaffinity(0, sizeof set, &set);
}

/* What init still needs: mounts for wiping, ids for the program, signals, a look at how long a
   program waited (hidden by /proc otherwise), files in the box. */
static int keep_few_capabilities(void) {
    const uint32_t kept = 1U << CAP_SYS_ADMIN | 1U << CAP_SETUID | 1U << CAP_SETGID |
                          1U << CAP_KILL | 1U << CAP_SYS_PTRACE | 1U << CAP_DAC_OVERRIDE | 1U << CAP_FOWNER |
                          1U << CAP_CHOWN;
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{0}};
    if (syscall(SYS_capget, &head, data) != 0)
        return -errno;
    data[0].effective = data[0].permitted = data[0].permitted & kept;
    data[1].effective = data[1].permitted = 0;
    data[0].inheritable = data[1].inheritable = 0;
    return syscall(SYS_capset, &head, data) == 0 ? 0 : -errno;
}

static int change_identity(const struct slot_plan *plan) {
    const int bits = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_KEEP_CAPS |
                     SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    for (int cap = 0; cap <= 63; cap++)
        prctl(PR_CAPBSET_DROP, cap, 0, 0, 0); /* the ends of the list refuse */
    if (prctl(PR_SET_SECUREBITS, bits, 0, 0, 0) != 0 && plan->user_namespace)
        return -errno;
    prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
    const uid_t id = plan->user_namespace ? 0 : plan->init_uid;
    if (plan->two_uids && (syscall(SYS_setgroups, 0, NULL) != 0 || syscall(SYS_setresgid, id, id, id) != 0 ||
                           syscall(SYS_setresuid, id, id, id) != 0))
        return -errno;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : -errno;
}

static int watch_signals(void) {
    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigaddset(&watched, SIGUSR1);
    if (sigprocmask(SIG_SETMASK, &watched, NULL) != 0)
        return -errno;
    slot.signal_fd = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
    return slot.signal_fd < 0 ? -errno : 0;
}

static bool is_ours(int fd, int report) {
    const int *group = (const int *)&slot.groups;
    for (size_t i = 0; i < offsetof(struct group_fds, version) / sizeof(int); i++)
        if (group[i] == fd)
            return true;
    return fd == slot.socket || fd == slot.null_fd || fd == slot.proc_fd || fd == slot.signal_fd ||
           fd == slot.landlock || fd == report;
}

static void close_the_rest(int report) {
#ifdef SANITIZED
    const int silenced = 2; /* what the sanitizer has to say must be heard */
#else
    const int silenced = 3;
#endif
    for (int i = 0; i < silenced; i++)
        dup2(slot.null_fd, i);
    for (int fd = 3; fd < 4096; fd++)
        if (!is_ours(fd, report))
            close(fd);
}

static const char *set_up(struct slot_report *report) {
    const struct slot_plan *plan = &slot.plan;
    const char *stage = root_build(plan, &report->proc, &slot.proc_fd);
    if (stage)
        return stage;
    if (sethostname("box", 3) != 0)
        return "set the host name";
    if ((errno = -change_identity(plan)))
        return "change to the slot's identity";
    if ((errno = -keep_few_capabilities())) /* and makes them effective again */
        return "give up capabilities";
    slot.box_bytes = FIRST_BOX_BYTES;
    slot.box_inodes = FIRST_BOX_INODES;
    if ((errno = -scratch_mount("/box", program_id(&slot), slot.box_bytes, slot.box_inodes)))
        return "mount /box";
    if ((errno = -scratch_mount("/tmp", program_id(&slot), slot.box_bytes, slot.box_inodes)))
        return "mount /tmp";
    if ((slot.null_fd = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0)
        return "open /dev/null";
    if ((errno = -watch_signals()))
        return "watch signals";
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* after the ids: changing those clears it */
    slot.landlock = landlock_prepare(&report->landlock);
    pin(plan->cpu);
    return NULL;
}

static void send_reply(struct reply *reply, const struct collected_entry *entries,
                       const char *names, size_t name_bytes, const int *fds, size_t count) {
    char control[CMSG_SPACE(MAX_COLLECTED * sizeof(int))] = {0};
    struct iovec parts[3] = {{reply, sizeof *reply},
                             {(void *)(uintptr_t)entries, reply->collected * sizeof *entries},
                             {(void *)(uintptr_t)names, name_bytes}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 3};
    if (count) {
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(head), fds, count * sizeof(int));
    }
    if (sendmsg(slot.socket, &message, MSG_NOSIGNAL) < 0)
        _exit(0);
}

static void serve_run(char *bytes, size_t length, const int *fds, size_t fd_count) {
    static struct collected_entry entries[MAX_COLLECTED + MAX_COLLECT];
    static char names[REPLY_NAME_BYTES];
    static struct run run;
    int collected[MAX_COLLECTED];
    size_t name_bytes = 0, collected_fds = 0;
    struct reply reply = {.magic = BOXD_MAGIC, .kind = REQUEST_RUN};
    const char *wrong = parse_run(bytes, length, fds, fd_count, &run);
    if (wrong) {
        reply.broken_errno = EBADMSG;
        snprintf(reply.reason, sizeof reply.reason, "%s", wrong);
    } else {
        reply.run_id = run.head->run_id;
        run_program(&slot, &run, &reply);
        if (!reply.broken_errno)
            reply.collected = (uint32_t)box_collect(&run, entries, names, &name_bytes, collected,
                                                    &collected_fds);
    }
    send_reply(&reply, entries, names, name_bytes, collected, collected_fds);
    for (size_t i = 0; i < collected_fds; i++)
        close(collected[i]);
    /* Wiping comes after the answer: nobody waits for it. */
    slot.box_kept = !wrong && (run.head->flags & RUN_KEEP_BOX) != 0;
    slot_wipe(&slot);
    if (reply.broken_errno && !wrong)
        _exit(6); /* anything odd: a new slot is cheap */
}

static size_t take_descriptors(struct msghdr *message, int *fds) {
    size_t count = 0;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        size_t here = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < here; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(head) + i * sizeof fd, sizeof fd);
            if (count < MAX_FDS)
                fds[count++] = fd;
            else
                close(fd);
        }
    }
    return count;
}

static void serve_one(void) {
    static char bytes[MESSAGE_BYTES] __attribute__((aligned(16)));
    static char control[CMSG_SPACE(MAX_FDS * sizeof(int))];
    int fds[MAX_FDS];
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
                             .msg_controllen = sizeof control};
    ssize_t got = recvmsg(slot.socket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR)
        return;
    if (got <= 0)
        _exit(0);
    size_t count = take_descriptors(&message, fds);
    const struct request *head = (const struct request *)(const void *)bytes;
    const bool whole = got >= (ssize_t)offsetof(struct request, cpu_time_us) &&
                       head->magic == BOXD_MAGIC && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC));
    const uint32_t kind = whole ? head->kind : 0;
    if (kind == REQUEST_WIPE) {
        slot.box_kept = false;
        slot_wipe(&slot);
    } else if (kind != REQUEST_CANCEL) { /* a cancel here came after its run's end */
        serve_run(bytes, kind == REQUEST_RUN ? (size_t)got : 0, fds, count);
    }
    for (size_t i = 0; i < count; i++)
        close(fds[i]);
}

void slot_init(const struct slot_plan *plan, const struct group_fds *groups, int socket, int go,
               int report_fd) {
    struct slot_report report = {0};
    char byte;
    slot = (struct slot){.socket = socket, .null_fd = -1, .proc_fd = -1, .signal_fd = -1,
                         .landlock = -1, .groups = *groups, .plan = *plan,
                         .memory_max = UINT64_MAX};
    /* end_everything() kills -1: never outside a pid namespace of our own. */
    if (getpid() != 1 || read(go, &byte, 1) != 1)
        _exit(1);
    unshare(CLONE_NEWCGROUP); /* only hides names; older kernels lack it */
    const char *stage = set_up(&report);
    report.peak_sticks = slot.groups.peak_sticks;
    report.error = stage ? (errno ? errno : EPROTO) : 0;
    snprintf(report.stage, sizeof report.stage, "%s", stage ? stage : "");
    close_the_rest(report_fd);
    /* Only with the privilege; else init keeps the score it inherited, programs being at +1000. */
    set_oom_score(slot.proc_fd, "-1000");
    if (write(report_fd, &report, sizeof report) != (ssize_t)sizeof report || stage)
        _exit(1);
    close(report_fd);
    for (;;)
        serve_one();
}
