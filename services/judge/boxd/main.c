/* boxd keeps slots: places in which programs that are not ours are run.
 *
 * THEORY OF OPERATION
 *
 * boxd is started first, with whatever privilege there is (root, or only SETUID and SETGID in a
 * container, or none), finds out which way of boxing works on this host, and serves one control
 * socket: make slot n, drop slot n, describe. The judge (Python) holds the other end. Either the
 * judge starts boxd (--fd), or boxd starts the judge under another user (--drop-to U:G -- CMD).
 *
 * A SLOT is one process, init, cloned into new user, pid, mount, network, ipc and uts namespaces
 * and, once inside its control group, a new cgroup namespace. On the host it has a uid of its
 * own, and so has the program that it will run; inside they are 0 and 1000. Its root (root.c) is
 * a read-only tmpfs with read-only binds of the runtimes; /box and /tmp are capped tmpfs. boxd
 * hands the judge one end of a SEQPACKET pair, init has the other: boxd is not in the way of runs.
 *
 * A RUN (init.c, run.c) is one datagram with descriptors (boxd.h; parsed in message.c, which
 * makes no system call). init writes the files that came as descriptors (box.c), sets the limits,
 * starts the program by vfork into its own uid with seccomp and Landlock (filter.c), and waits
 * for its end, the CPU timer, the wall clock, or a cancel. Then it kills and reaps everything in
 * the pid namespace, reads what the control group counted, opens what is to be collected, answers,
 * and wipes the tmpfs (a remount, however much was put there). Anything odd ends init; the kernel
 * then ends the namespace, the judge sees the socket close and asks boxd for the slot again.
 *
 * WHO TRUSTS WHOM. The program is hostile: no uid, namespace, writable inode or descriptor of
 * init's is within its reach, and no path that it could lay out is ever resolved outside the box.
 * init trusts nothing in /box. The judge is trusted to choose limits, not to be free of bugs:
 * messages are checked as if hostile. boxd trusts the judge to name slots, nothing else.
 *
 * MEMORY. One control group for each slot; init is in it and children are born in it, so a run
 * moves no process. CPU time is the group's minus init's. Init is exempt from the OOM killer
 * where allowed; programs are at +1000 and cannot change it, their /proc being read-only.
 *
 * THE LADDER. a: user namespaces and control groups. b: CAP_SYS_ADMIN, no user namespace.
 * d: as a or b but without control groups: resource limits and rusage, single-process languages
 * only. Below that boxd says why not, and makes no slot. (c, without any namespace, is refused.)
 */
#define _GNU_SOURCE
#include "boxd.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_SLOTS = 256, PROBE = MAX_SLOTS - 1, SETUP_TIMEOUT_MS = 10000, TEXT_BYTES = 4096 };
enum control_kind { CONTROL_MAKE = 1, CONTROL_DROP = 2, CONTROL_DESCRIBE = 3 };

struct control_request {
    uint32_t magic, kind;
    int32_t index, cpu;
};

struct control_reply {
    uint32_t magic, kind;
    int32_t index, error;
    char text[TEXT_BYTES];
};

static struct slot_plan plan; /* what the ladder settled on */
static bool plan_works;
static pid_t slot_pid[MAX_SLOTS], command_pid;
static int command_status, signal_fd = -1;
static const char *groups_wanted;
static long uid_base = -1;
static char description[TEXT_BYTES];

static void describe(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void describe(const char *format, ...) {
    size_t used = strlen(description);
    va_list list;
    va_start(list, format);
    vsnprintf(description + used, sizeof description - used, format, list);
    va_end(list);
}

static int write_proc(pid_t pid, const char *name, const char *text) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t done = fd < 0 ? -1 : write(fd, text, strlen(text));
    int error = done < 0 ? -errno : 0;
    if (fd >= 0)
        close(fd);
    return error;
}

static int write_maps(pid_t pid, const struct slot_plan *wanted) {
    char uids[96], gids[96];
    int error = 0;
    if (wanted->two_uids) {
        snprintf(uids, sizeof uids, "0 %u 1\n%d %u 1\n", wanted->init_uid, PROGRAM_ID,
                 wanted->program_uid);
        snprintf(gids, sizeof gids, "%s", uids);
    } else {
        snprintf(uids, sizeof uids, "%d %u 1\n", PROGRAM_ID, geteuid());
        snprintf(gids, sizeof gids, "%d %u 1\n", PROGRAM_ID, getegid());
        error = write_proc(pid, "setgroups", "deny");
    }
    if (!error)
        error = write_proc(pid, "uid_map", uids);
    return error ? error : write_proc(pid, "gid_map", gids);
}

static void end_slot(int index) {
    if (slot_pid[index] > 0) {
        kill(slot_pid[index], SIGKILL);
        while (waitpid(slot_pid[index], NULL, 0) < 0 && errno == EINTR)
            ;
        slot_pid[index] = 0;
    }
    groups_remove(index);
}

static int await_report(int fd, struct slot_report *report) {
    struct pollfd wake = {fd, POLLIN, 0};
    if (poll(&wake, 1, SETUP_TIMEOUT_MS) == 1 && read(fd, report, sizeof *report) == (ssize_t)sizeof *report)
        return report->error ? -report->error : 0;
    snprintf(report->stage, sizeof report->stage, "set up: init ended or hung");
    return -EPIPE;
}

static int introduce(pid_t pid, const struct slot_plan *wanted, int go, struct slot_report *report) {
    int error = wanted->user_namespace ? write_maps(pid, wanted) : 0;
    if (error) {
        snprintf(report->stage, sizeof report->stage, "map user ids");
        return error;
    }
    if ((error = groups_attach(wanted->index, pid))) {
        snprintf(report->stage, sizeof report->stage, "enter the control group");
        return error;
    }
    return write(go, "", 1) == 1 ? 0 : -errno;
}

/* The judge's end of the new slot's socket, or -errno with the stage in the report. */
static int make_slot(const struct slot_plan *wanted, struct slot_report *report) {
    struct group_fds groups;
    int sockets[2] = {-1, -1}, go[2] = {-1, -1}, back[2] = {-1, -1};
    memset(report, 0, sizeof *report);
    end_slot(wanted->index);
    int error = groups_make(wanted->index, &groups);
    snprintf(report->stage, sizeof report->stage, "make the control group");
    if (!error && (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0 ||
                   pipe2(go, O_CLOEXEC) != 0 || pipe2(back, O_CLOEXEC) != 0))
        error = -errno;
    if (!error) {
        unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
        snprintf(report->stage, sizeof report->stage, "make namespaces");
        pid_t pid = (pid_t)syscall(SYS_clone, flags | (wanted->user_namespace ? CLONE_NEWUSER : 0) | SIGCHLD,
                                   0, 0, 0, 0);
        if (pid == 0) {
            close(go[1]);
            close(back[0]);
            slot_init(wanted, &groups, sockets[1], go[0], back[1]);
        }
        close(back[1]);
        back[1] = -1;
        error = pid < 0 ? -errno : introduce(pid, wanted, go[1], report);
        slot_pid[wanted->index] = pid > 0 ? pid : 0;
        if (!error)
            error = await_report(back[0], report);
    }
    groups_close(&groups);
    const int temporary[] = {sockets[1], go[0], go[1], back[0], back[1], error ? sockets[0] : -1};
    for (size_t i = 0; i < sizeof temporary / sizeof temporary[0]; i++)
        if (temporary[i] >= 0)
            close(temporary[i]);
    if (error)
        end_slot(wanted->index);
    return error ? error : sockets[0];
}

/* Uids that nobody else uses: from the range above systemd's containers when this user namespace
   has it, else from the top of the range there is. Each boxd takes 512 of its own. */
static long find_uid_base(void) {
    unsigned long inside, outside, count, best = 0;
    FILE *file = fopen("/proc/self/uid_map", "re");
    while (file && fscanf(file, "%lu %lu %lu", &inside, &outside, &count) == 3) {
        if (inside <= 1900000000UL && inside + count > 1901000000UL)
            best = 1900000000UL + ((unsigned long)getpid() % 1900UL) * 512UL;
        else if (count >= 2048 && !best)
            best = inside + count - 512UL * (1UL + (unsigned long)getpid() % 3UL);
    }
    if (file)
        fclose(file);
    return best ? (long)best : -1;
}

static void set_uids(struct slot_plan *wanted) {
    if (!wanted->two_uids) {
        wanted->init_uid = wanted->program_uid = geteuid();
        return;
    }
    wanted->init_uid = (uid_t)(uid_base + 2L * wanted->index);
    wanted->program_uid = wanted->init_uid + 1;
}

static bool try_plan(bool user_namespace, bool two_uids, const char *name) {
    struct slot_report report;
    plan.user_namespace = user_namespace;
    plan.two_uids = two_uids;
    plan.index = PROBE;
    plan.cpu = -1;
    set_uids(&plan);
    int made = make_slot(&plan, &report);
    if (made < 0) {
        describe("refused.%s=%s: %s\n", name, report.stage, strerror(-made));
        return false;
    }
    close(made);
    end_slot(PROBE);
    static const char *const proc[] = {"none", "whole", "own processes only"};
    describe("proc=%s\nlandlock=%d\nmemory_peak=%s\n", proc[report.proc], report.landlock,
             plan.groups == GROUPS_NONE ? "resident set"
             : report.peak_sticks ? "of the slot" : "of each run");
    return true;
}

static void climb_the_ladder(void) {
    char why[1400];
    plan.groups = groups_find(groups_wanted, why, sizeof why);
    static const char *const version[] = {"none", "v1", "v2"};
    describe("groups=%s\n", version[plan.groups]);
    describe("cpu=%s\n", groups_count_cpu() ? "counted by the group" : "summed from ended processes");
    if (why[0])
        describe("groups.reason=%s\n", why);
    if (uid_base < 0)
        uid_base = find_uid_base();
    const bool root = geteuid() == 0 && uid_base >= 0;
    plan_works = (root && try_plan(true, true, "own_uids")) || try_plan(true, false, "one_uid") ||
                 (root && try_plan(false, true, "no_user_namespace"));
    const char *rung = !plan_works ? "none"
                       : plan.groups == GROUPS_NONE ? "d"
                       : plan.user_namespace ? "a" : "b";
    describe("rung=%s\nuser_namespace=%s\nuids=%s\n", rung, plan.user_namespace ? "yes" : "no",
             plan.two_uids ? "own" : "shared with the judge");
}

static void send_control(int socket, struct control_reply *reply, int fd) {
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {{0}};
    size_t length = offsetof(struct control_reply, text) + strlen(reply->text);
    struct iovec part = {reply, length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
    }
    if (sendmsg(socket, &message, MSG_NOSIGNAL) < 0)
        fprintf(stderr, "boxd: cannot answer: %s\n", strerror(errno));
}

static void answer_make(const struct control_request *request, struct control_reply *reply, int *fd) {
    struct slot_report report;
    struct slot_plan wanted = plan;
    wanted.index = request->index;
    wanted.cpu = request->cpu;
    set_uids(&wanted);
    *fd = plan_works ? make_slot(&wanted, &report) : -ENOSYS;
    reply->error = *fd < 0 ? -*fd : 0;
    if (*fd < 0)
        snprintf(reply->text, sizeof reply->text, "%s", plan_works ? report.stage : description);
}

static bool serve_control(int socket) {
    struct control_request request;
    static struct control_reply reply;
    int fd = -1;
    ssize_t got = recv(socket, &request, sizeof request, 0);
    if (got <= 0)
        return got < 0 && errno == EINTR;
    reply = (struct control_reply){.magic = BOXD_MAGIC, .kind = request.kind, .index = request.index};
    const bool slot_named = request.index >= 0 && request.index < PROBE;
    if (got != (ssize_t)sizeof request || request.magic != BOXD_MAGIC)
        reply.error = EBADMSG;
    else if (request.kind == CONTROL_MAKE && slot_named)
        answer_make(&request, &reply, &fd);
    else if (request.kind == CONTROL_DROP && slot_named)
        end_slot(request.index);
    else if (request.kind == CONTROL_DESCRIBE)
        memcpy(reply.text, description, sizeof reply.text);
    else
        reply.error = EINVAL;
    send_control(socket, &reply, fd);
    if (fd >= 0)
        close(fd);
    return true;
}

/* Whether to go on. */
static bool serve_signals(void) {
    struct signalfd_siginfo info;
    while (read(signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGCHLD)
            continue;
        if (command_pid <= 0)
            return false;
        kill(command_pid, (int)info.ssi_signo);
    }
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        for (int i = 0; i < MAX_SLOTS; i++)
            if (slot_pid[i] == pid) {
                slot_pid[i] = 0;
                groups_remove(i);
            }
        if (pid == command_pid) {
            command_pid = 0;
            command_status = status;
            return false;
        }
    }
    return true;
}

static void start_command(char **command, const char *drop_to, int theirs) {
    command_pid = fork();
    if (command_pid != 0)
        return;
    unsigned user = 0, group = 0;
    char number[16];
    sigset_t nothing;
    sigemptyset(&nothing);
    sigprocmask(SIG_SETMASK, &nothing, NULL);
    if (drop_to && (sscanf(drop_to, "%u:%u", &user, &group) != 2 || setgroups(0, NULL) != 0 ||
                    setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0)) {
        fprintf(stderr, "boxd: cannot become %s: %s\n", drop_to, strerror(errno));
        _exit(126);
    }
    setpriority(PRIO_PROCESS, 0, plan.priority);
    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    int fd = dup(theirs); /* without close-on-exec */
    snprintf(number, sizeof number, "%d", fd);
    setenv("JUDGE_BOXD_FD", number, 1);
    execvp(command[0], command);
    fprintf(stderr, "boxd: cannot start %s: %s\n", command[0], strerror(errno));
    _exit(127);
}

static void serve(int socket) {
    struct pollfd wake[2] = {{signal_fd, POLLIN, 0}, {socket, POLLIN, 0}};
    for (bool going = true; going;) {
        if (poll(wake, 2, -1) < 0 && errno != EINTR)
            break;
        if (wake[0].revents)
            going = serve_signals();
        if (going && wake[1].revents && !serve_control(socket)) {
            if (command_pid <= 0)
                break;
            wake[1].fd = -1; /* the command closed it but lives: wait for its end */
        }
    }
    for (int i = 0; i < MAX_SLOTS; i++)
        if (slot_pid[i])
            end_slot(i);
    groups_finish();
}

/* Fixed work for calibration, run inside a box: sums and a walk through 256 KiB. */
static int spin(long rounds) {
    static uint32_t table[1 << 16];
    uint32_t value = 1;
    for (long i = 0; i < rounds; i++) {
        value = value * 1664525U + 1013904223U;
        table[value >> 16] += value ^ (uint32_t)i;
    }
    return table[value >> 16] == 1;
}

static int usage(void) {
    fprintf(stderr, "usage: boxd [--cgroup auto|none|NAME] [--uid-base N] [--bind [?]PATH[:PATH]]...\n"
                    "            --probe | --spin ROUNDS | --fd N | [--drop-to UID:GID] -- COMMAND...\n");
    return 64;
}

static void watch_signals(void) {
    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigaddset(&watched, SIGTERM);
    sigaddset(&watched, SIGINT);
    sigaddset(&watched, SIGHUP);
    sigprocmask(SIG_SETMASK, &watched, NULL);
    signal_fd = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
}

int main(int argc, char **argv) {
    int socket = -1, at = 1, pair[2];
    bool probe = false;
    const char *drop_to = NULL;
    for (; at < argc && strcmp(argv[at], "--") != 0; at++) {
        const char *option = argv[at], *value = at + 1 < argc ? argv[at + 1] : NULL;
        if (strcmp(option, "--probe") == 0) {
            probe = true;
            continue;
        }
        if (!value)
            return usage();
        at++;
        if (strcmp(option, "--spin") == 0)
            return spin(atol(value));
        if (strcmp(option, "--fd") == 0)
            socket = atoi(value);
        else if (strcmp(option, "--cgroup") == 0)
            groups_wanted = value;
        else if (strcmp(option, "--uid-base") == 0)
            uid_base = atol(value);
        else if (strcmp(option, "--drop-to") == 0)
            drop_to = value;
        else if (strcmp(option, "--bind") == 0 && plan.binds < MAX_BINDS)
            plan.bind[plan.binds++] = value;
        else
            return usage();
    }
    char **command = at + 1 < argc ? argv + at + 1 : NULL;
    if (!probe && (socket < 0) == (command == NULL))
        return usage();
    if (command && !probe) {
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
            return 71;
        socket = pair[0];
    }
    watch_signals();
    /* Inits come before programs, where we may say so: they stop what runs too long. */
    plan.priority = getpriority(PRIO_PROCESS, 0);
    setpriority(PRIO_PROCESS, 0, plan.priority - 10);
    climb_the_ladder();
    if (probe) {
        fputs(description, stdout);
        groups_finish();
        return plan_works ? 0 : 1;
    }
    if (command) {
        start_command(command, drop_to, pair[1]);
        close(pair[1]);
    } else {
        fcntl(socket, F_SETFD, FD_CLOEXEC);
        prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    }
    serve(socket);
    return WIFEXITED(command_status) ? WEXITSTATUS(command_status) : 128 + WTERMSIG(command_status);
}
