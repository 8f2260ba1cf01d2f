/* One run: limits set, program started, watched, everything killed, what it used read. */
#define _GNU_SOURCE
#include "boxd.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/param.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Above the program's own memory: init, and what the kernel keeps for sockets and tables. */
enum { MEMORY_SLACK = 2 << 20, FILE_LOOK_BYTES = 4 << 20, STACK_BYTES = 64 * 1024,
       TMPFS = 0x01021994 };

static const uint64_t GROUP_CHECK_NS = 20000000, REAP_DEADLINE_NS = 5000000000;

struct watch {
    pid_t main;
    bool ended;
    int status;
    uint32_t leftovers;
    struct rusage sum;
};

uint64_t now_ns(int clock) {
    struct timespec time;
    return clock_gettime(clock, &time) == 0 ? (uint64_t)time.tv_sec * 1000000000U + (uint64_t)time.tv_nsec : 0;
}

/* The kernel's number for the CPU clock of a process; libc's function would look it up. */
static int cpu_clock(pid_t pid) {
    return (int)(~(unsigned)pid << 3 | 2U);
}

static void broken(struct reply *reply, int error, const char *reason) {
    reply->broken_errno = error < 0 ? -error : error ? error : EPROTO;
    if (!reply->reason[0])
        snprintf(reply->reason, REASON_BYTES, "%s", reason);
}

/* --- the program's own process, from clone to exec; it shares init's memory as vfork does --- */

struct start {
    struct slot *slot;
    const struct run *run;
    const char *stage;
    int error;
};

static int limit(int resource, uint64_t value) {
    struct rlimit pair = {value, value}; /* soft equals hard: nothing to raise */
    return setrlimit((unsigned)resource, &pair);
}

static int set_limits(const struct slot *slot, const struct request *head) {
    const bool groups = slot->groups.version != GROUPS_NONE;
    const uint64_t tasks = slot->plan.two_uids ? head->processes : head->processes + 1ULL;
    if (limit(RLIMIT_CORE, 0) || limit(RLIMIT_NOFILE, head->open_files) ||
        limit(RLIMIT_FSIZE, head->output_bytes + 1) || limit(RLIMIT_STACK, head->stack_bytes) ||
        limit(RLIMIT_CPU, (head->cpu_time_us + 999999) / 1000000 + 2) ||
        limit(RLIMIT_NPROC, tasks) || limit(RLIMIT_MEMLOCK, 65536) || limit(RLIMIT_MSGQUEUE, 0) ||
        limit(RLIMIT_SIGPENDING, 1024) || limit(RLIMIT_RTPRIO, 0) || limit(RLIMIT_NICE, 0))
        return -errno;
    /* Without a group the address space is the only thing that holds. */
    return groups || !limit(RLIMIT_AS, head->memory_bytes + (64ULL << 20)) ? 0 : -errno;
}

static int set_descriptors(const struct slot *slot, const struct run *run) {
    for (int i = 0; i < 3; i++)
        if (dup2(run->standard[i] >= 0 ? run->standard[i] : slot->null_fd, i) < 0)
            return -errno;
    return syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */) == 0 ? 0 : -errno;
}

/* Files in /proc of a process that may not be dumped belong to the host's root, so this may be
   for the moment; nothing hostile is alive yet, and changing ids takes it away again. */
int set_oom_score(int proc_fd, const char *score) {
    if (proc_fd < 0)
        return 0;
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    int fd = openat(proc_fd, "self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    ssize_t done = fd < 0 ? -1 : write(fd, score, strlen(score));
    int error = done < 0 ? -errno : 0;
    if (fd >= 0)
        close(fd);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    return error;
}

uid_t program_id(const struct slot *slot) {
    return slot->plan.user_namespace ? PROGRAM_ID : slot->plan.program_uid;
}

/* Raw calls: libc's wrappers would change every thread, that is, init too. */
static int become_program(const struct slot *slot) {
    const struct slot_plan *plan = &slot->plan;
    const uid_t id = program_id(slot);
    if (plan->two_uids && (syscall(SYS_setgroups, 0, NULL) != 0 ||
                           syscall(SYS_setresgid, id, id, id) != 0 ||
                           syscall(SYS_setresuid, id, id, id) != 0))
        return -errno;
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {{0}};
    return syscall(SYS_capset, &head, none) == 0 ? 0 : -errno;
}

/* Never left by returning (exec or _exit), so ASan would find its marks on the stack next time. */
#define UNMARKED __attribute__((no_sanitize("address"), noinline))

static int UNMARKED prepare_program(struct start *start) {
    struct slot *slot = start->slot;
    sigset_t nothing;
    sigemptyset(&nothing);
    int error;
    start->stage = "set descriptors";
    if (setsid() < 0 || (error = set_descriptors(slot, start->run)))
        return -errno;
    start->stage = "set oom_score_adj";
    /* First in line when memory runs out; must succeed, as init may be exempt (-1000). */
    if ((error = set_oom_score(slot->proc_fd, "1000")))
        return error;
    start->stage = "set resource limits";
    if ((error = set_limits(slot, start->run->head)))
        return error;
    if (setpriority(PRIO_PROCESS, 0, slot->plan.priority) != 0)
        return -errno;
    start->stage = "change identity";
    if ((error = become_program(slot)))
        return error;
    start->stage = "enter the box";
    if (chdir("/box") != 0 || sigprocmask(SIG_SETMASK, &nothing, NULL) != 0)
        return -errno;
    start->stage = "restrict by Landlock";
    if (slot->landlock >= 0 && (error = landlock_restrict(slot->landlock)))
        return error;
    start->stage = "install the filter";
    return filter_install();
}

static int UNMARKED program_main(void *argument) {
    struct start *start = argument;
    const struct run *run = start->run;
    start->error = prepare_program(start);
    if (start->error)
        _exit(127);
    start->stage = NULL;
    if (run->executable >= 0)
        syscall(SYS_execveat, run->executable, "", run->argv, run->environment, AT_EMPTY_PATH);
    else
        execve(run->argv[0], run->argv, run->environment);
    start->error = -errno;
    _exit(127);
}

static pid_t start_program(struct start *start) {
    static char stack[STACK_BYTES] __attribute__((aligned(16)));
    return clone(program_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, start);
}

/* --- init's side --- */

static int set_group_limits(struct slot *slot, const struct run *run) {
    const struct request *head = run->head;
    struct group_fds *groups = &slot->groups;
    /* A program's output into memory of ours is charged to its group, but is not its memory. */
    uint64_t most = head->memory_bytes + MEMORY_SLACK;
    for (int i = 1; i < 3; i++)
        if (run->standard[i] >= 0)
            most += head->output_bytes;
    int error = 0;
    if (groups->version != GROUPS_NONE && most != slot->memory_max) {
        const bool lower = most < slot->memory_max, first = groups->version == GROUPS_V1;
        if (first && !lower && groups->memory_swap_max >= 0)
            error = group_write(groups->memory_swap_max, most);
        if (!error)
            error = group_write(groups->memory_max, most);
        if (first && lower && !error && groups->memory_swap_max >= 0)
            error = group_write(groups->memory_swap_max, most);
        slot->memory_max = error ? 0 : most;
    }
    if (!error && groups->pids_max >= 0 && head->processes + 1ULL != slot->processes_max) {
        error = group_write(groups->pids_max, head->processes + 1ULL);
        slot->processes_max = error ? 0 : head->processes + 1ULL;
    }
    return error;
}

static int set_box_limits(struct slot *slot, const struct request *head) {
    if (head->box_bytes == slot->box_bytes && head->box_inodes == slot->box_inodes)
        return 0;
    int error = scratch_resize("/box", head->box_bytes, head->box_inodes);
    if (error == -EINVAL && slot->box_kept)
        return 0; /* what was kept is more than the new limit: it stays */
    if (!error)
        error = scratch_resize("/tmp", head->box_bytes, head->box_inodes);
    slot->box_bytes = error ? 0 : head->box_bytes;
    slot->box_inodes = head->box_inodes;
    return error;
}

static bool prepare_run(struct slot *slot, struct run *run, struct reply *reply) {
    int error = set_box_limits(slot, run->head);
    if (error)
        return broken(reply, error, "set the size of the box"), false;
    if ((error = set_group_limits(slot, run)))
        return broken(reply, error, "set the control group's limits"), false;
    if ((error = box_write_files(run, program_id(slot), reply->reason)))
        return broken(reply, error, "write files into the box"), false;
    return true;
}

static void add_usage(struct watch *watch, const struct rusage *usage) {
    struct rusage *sum = &watch->sum;
    timeradd(&sum->ru_utime, &usage->ru_utime, &sum->ru_utime);
    timeradd(&sum->ru_stime, &usage->ru_stime, &sum->ru_stime);
    if (usage->ru_maxrss > sum->ru_maxrss)
        sum->ru_maxrss = usage->ru_maxrss;
}

/* Whether a child is left; ended ones are taken off. */
static bool reap(struct watch *watch) {
    struct rusage usage;
    int status;
    for (;;) {
        pid_t pid = wait4(-1, &status, WNOHANG | __WALL, &usage);
        if (pid <= 0)
            return pid == 0;
        add_usage(watch, &usage);
        if (pid == watch->main) {
            watch->ended = true;
            watch->status = status;
        } else if (watch->ended) {
            watch->leftovers++;
        }
        if (pid == watch->main)
            return true; /* look at the rest after killing it */
    }
}

static void drain_signals(struct slot *slot) {
    struct signalfd_siginfo_words {
        uint8_t bytes[128];
    } info[8];
    while (read(slot->signal_fd, info, sizeof info) == (ssize_t)sizeof info)
        ;
}

static int end_everything(struct slot *slot, struct watch *watch) {
    const uint64_t deadline = now_ns(CLOCK_MONOTONIC) + REAP_DEADLINE_NS;
    for (;;) {
        if (kill(-1, SIGKILL) != 0 && errno == ESRCH && !reap(watch))
            return 0;
        if (!reap(watch))
            continue;
        struct pollfd wake = {slot->signal_fd, POLLIN, 0};
        poll(&wake, 1, 10);
        drain_signals(slot);
        if (now_ns(CLOCK_MONOTONIC) > deadline)
            return -EBUSY;
    }
}

static bool cancelled(struct slot *slot, const struct request *head) {
    struct request message;
    ssize_t got = recv(slot->socket, &message, sizeof message, MSG_DONTWAIT);
    if (got == 0)
        _exit(0); /* the judge is gone; the kernel ends the rest of the namespace with us */
    return got >= (ssize_t)offsetof(struct request, cpu_time_us) &&
           message.kind == REQUEST_CANCEL && message.run_id == head->run_id;
}

struct start_values {
    uint64_t cpu_ns, own_cpu_ns, oom_kills, tasks_peak, file_bytes, peak;
};

static uint64_t used_cpu_ns(struct slot *slot, const struct start_values *at_start,
                            const struct watch *watch) {
    if (slot->groups.cpu_usage >= 0) {
        uint64_t own = now_ns(CLOCK_PROCESS_CPUTIME_ID) - at_start->own_cpu_ns;
        uint64_t all = group_cpu_ns(&slot->groups) - at_start->cpu_ns;
        return all > own ? all - own : 0;
    }
    if (!watch->ended)
        return now_ns(cpu_clock(watch->main));
    const struct rusage *sum = &watch->sum;
    return ((uint64_t)sum->ru_utime.tv_sec + (uint64_t)sum->ru_stime.tv_sec) * 1000000000U +
           ((uint64_t)sum->ru_utime.tv_usec + (uint64_t)sum->ru_stime.tv_usec) * 1000U;
}

/* How long the main process was ready to run while others had the cores. */
static uint64_t waited_ns(const struct slot *slot, pid_t pid) {
    char name[32], text[96] = "";
    unsigned long long waited = 0;
    snprintf(name, sizeof name, "%d/schedstat", pid);
    int fd = slot->proc_fd < 0 ? -1 : openat(slot->proc_fd, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    if (read(fd, text, sizeof text - 1) > 0 && sscanf(text, "%*u %llu", &waited) != 1)
        waited = 0;
    close(fd);
    return waited;
}

/* A busy host must not turn a slow program into an idle one: time that it waited for a core is
   not idleness. Up to three times the limit, so that there is an end. */
static uint64_t wall_deadline(const struct slot *slot, const struct request *head,
                              const struct watch *watch, uint64_t started_ns) {
    const uint64_t limit_ns = head->wall_time_us * 1000;
    return started_ns + limit_ns + MIN(waited_ns(slot, watch->main), 3 * limit_ns);
}

static bool output_exceeded(const struct run *run) {
    struct stat status;
    for (int i = 1; i < 3; i++)
        if (run->standard[i] >= 0 && fstat(run->standard[i], &status) == 0 &&
            S_ISREG(status.st_mode) && (uint64_t)status.st_size > run->head->output_bytes)
            return true;
    return false;
}

static void watch_program(struct slot *slot, const struct run *run, struct watch *watch,
                          const struct start_values *at_start, struct reply *reply) {
    const struct request *head = run->head;
    uint64_t deadline = reply->started_ns + head->wall_time_us * 1000;
    struct pollfd wake[2] = {{slot->signal_fd, POLLIN, 0}, {slot->socket, POLLIN, 0}};
    while (reap(watch), !watch->ended) {
        uint64_t now = now_ns(CLOCK_MONOTONIC);
        if (now >= deadline)
            deadline = wall_deadline(slot, head, watch, reply->started_ns);
        if (now >= deadline) {
            reply->flags |= REPLY_WALL_EXPIRED;
            return;
        }
        uint64_t wait = deadline - now;
        if (head->processes > 1 && wait > GROUP_CHECK_NS)
            wait = GROUP_CHECK_NS;
        struct timespec time = {(time_t)(wait / 1000000000U), (long)(wait % 1000000000U)};
        int ready = ppoll(wake, 2, &time, NULL);
        if (wake[0].revents)
            drain_signals(slot);
        if (slot->groups.peak_sticks)
            reply->memory_peak = MAX(reply->memory_peak, group_number(slot->groups.memory_usage));
        if (ready > 0 && wake[1].revents && cancelled(slot, head)) {
            reply->flags |= REPLY_CANCELLED;
            return;
        }
        /* Woken by a child's end most of the time: look at that first, the clock can wait. */
        if (reap(watch), watch->ended)
            return;
        if (used_cpu_ns(slot, at_start, watch) > head->cpu_time_us * 1000) {
            reply->flags |= REPLY_CPU_EXPIRED;
            return;
        }
        /* Java and others swallow the error of a file at its limit and would print until their
           time is over: this is where that ends. */
        if (head->processes > 1 && output_exceeded(run))
            return;
    }
}

static int arm_cpu_timer(pid_t pid, uint64_t cpu_us, timer_t *timer) {
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    const uint64_t at = cpu_us + 1;
    struct itimerspec when = {
        .it_value = {(time_t)(at / 1000000), (long)(at % 1000000) * 1000},
        /* again soon: the first may find the group's count a hair below the limit */
        .it_interval = {0, 4000000},
    };
    if (timer_create(cpu_clock(pid), &event, timer) != 0)
        return -errno;
    return timer_settime(*timer, 0, &when, NULL) == 0 ? 0 : -errno;
}

static void measure_output(const struct run *run, struct reply *reply) {
    if (output_exceeded(run))
        reply->flags |= REPLY_OUTPUT_EXCEEDED;
    for (int i = 1; i < 3; i++) {
        struct stat status;
        struct statfs system;
        if (run->standard[i] < 0 || fstat(run->standard[i], &status) != 0 || !S_ISREG(status.st_mode))
            continue;
        if (fstatfs(run->standard[i], &system) == 0 && system.f_type == TMPFS)
            reply->output_bytes += (uint64_t)status.st_blocks * 512;
    }
}

static uint64_t group_file_bytes(const struct group_fds *groups) {
    const char *all = groups->version == GROUPS_V1 ? "cache" : "file";
    uint64_t files = group_field(groups->memory_stat, all);
    uint64_t shared = group_field(groups->memory_stat, "shmem");
    return files > shared ? files - shared : 0;
}

static void measure_memory(struct slot *slot, const struct watch *watch,
                           const struct start_values *at_start, struct reply *reply) {
    struct group_fds *groups = &slot->groups;
    reply->maxrss = (uint64_t)watch->sum.ru_maxrss * 1024;
    uint64_t peak = group_number(groups->memory_peak);
    if (!groups->peak_sticks || peak > at_start->peak)
        reply->memory_peak = peak;
    else if (groups->memory_usage >= 0) /* lower than some earlier run's: what was seen of it */
        reply->memory_peak = MAX(reply->memory_peak, reply->memory_start + reply->maxrss);
    uint64_t tasks = group_number(groups->pids_peak);
    reply->processes_peak = tasks > at_start->tasks_peak ? (uint32_t)tasks : 0;
    /* Pages of files read for the first time on this host are charged to whoever read them and
       stay charged; they are no program's memory, and they give way to it when the limit is near.
       The look is not cheap, so only when the numbers call for it. */
    if (at_start->file_bytes || reply->memory_peak > reply->memory_start + FILE_LOOK_BYTES)
        reply->memory_file_change = (int64_t)(group_file_bytes(groups) - at_start->file_bytes);
}

static void measure(struct slot *slot, const struct run *run, const struct start_values *at_start,
                    const struct watch *watch, struct reply *reply) {
    const struct rusage *sum = &watch->sum;
    reply->wait_status = watch->status;
    reply->leftovers = watch->leftovers;
    reply->user_us = (uint64_t)sum->ru_utime.tv_sec * 1000000 + (uint64_t)sum->ru_utime.tv_usec;
    reply->system_us = (uint64_t)sum->ru_stime.tv_sec * 1000000 + (uint64_t)sum->ru_stime.tv_usec;
    reply->cpu_ns = used_cpu_ns(slot, at_start, watch);
    measure_output(run, reply);
    measure_memory(slot, watch, at_start, reply);
    reply->oom_kills = (uint32_t)(group_field(slot->groups.memory_events, "oom_kill") - at_start->oom_kills);
}

void run_program(struct slot *slot, struct run *run, struct reply *reply) {
    if (!prepare_run(slot, run, reply))
        return;
    struct group_fds *groups = &slot->groups;
    if (groups->memory_peak >= 0 && !groups->peak_sticks)
        group_write(groups->memory_peak, 0);
    reply->memory_start = group_number(groups->memory_usage);
    struct start_values at_start = {
        .oom_kills = group_field(groups->memory_events, "oom_kill"),
        .tasks_peak = group_number(groups->pids_peak),
        .peak = groups->peak_sticks ? group_number(groups->memory_peak) : 0,
        .file_bytes = reply->memory_start > FILE_LOOK_BYTES ? group_file_bytes(groups) : 0,
    };
    at_start.own_cpu_ns = now_ns(CLOCK_PROCESS_CPUTIME_ID);
    at_start.cpu_ns = group_cpu_ns(groups);
    struct start start = {slot, run, NULL, 0};
    struct watch watch = {0};
    timer_t timer;
    reply->started_ns = now_ns(CLOCK_MONOTONIC);
    watch.main = start_program(&start);
    if (watch.main < 0) {
        broken(reply, errno, "start a process");
        return;
    }
    int error = arm_cpu_timer(watch.main, run->head->cpu_time_us, &timer);
    if (!error)
        watch_program(slot, run, &watch, &at_start, reply);
    reply->finished_ns = now_ns(CLOCK_MONOTONIC);
    int late = end_everything(slot, &watch);
    measure(slot, run, &at_start, &watch, reply);
    if (!error)
        timer_delete(timer);
    if (start.error && (start.stage || run->executable < 0))
        broken(reply, start.error, start.stage ? start.stage : "execute the program's path");
    else if (start.error) /* contents that the kernel will not execute: the program's own fault */
        snprintf(reply->reason, REASON_BYTES, "not executable: %s", strerror(-start.error));
    else if (error)
        broken(reply, error, "arm the CPU timer");
    if (late)
        broken(reply, late, "end the program's processes");
}

void slot_wipe(struct slot *slot) {
    static const char *const scratch[] = {"/box", "/tmp"};
    bool fresh = false;
    for (int i = slot->box_kept; i < 2; i++) {
        if (scratch_is_clean(scratch[i]))
            continue;
        if (umount2(scratch[i], MNT_DETACH) != 0 ||
            scratch_mount(scratch[i], program_id(slot), slot->box_bytes, slot->box_inodes) != 0)
            _exit(4); /* odd: the slot is made anew */
        fresh = true;
    }
    if (fresh && slot->landlock >= 0) {
        int abi;
        close(slot->landlock);
        if ((slot->landlock = landlock_prepare(&abi)) < 0)
            _exit(5);
    }
}
