/* Shared declarations of boxd. The theory of operation is at the head of main.c. */
#ifndef BOXD_H
#define BOXD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define BOXD_MAGIC 0x31786f62U /* "box1": raise the digit when a struct below changes */

enum {
    MAX_ARGS = 512,
    MAX_FILES = 128,
    MAX_COLLECT = 64,
    MAX_FDS = 4 + MAX_FILES,
    MAX_COLLECTED = 200,
    MAX_DEPTH = 8,
    MAX_NAME = 512,
    MESSAGE_BYTES = 160 * 1024,
    REPLY_NAME_BYTES = 48 * 1024,
    MAX_BINDS = 64,
    REASON_BYTES = 96,
    PROGRAM_ID = 1000, /* uid and gid of the program as it sees itself */
};

enum request_kind { REQUEST_RUN = 1, REQUEST_CANCEL = 2, REQUEST_WIPE = 3 };

enum request_flags {
    RUN_HAS_STDIN = 1 << 0,
    RUN_HAS_STDOUT = 1 << 1,
    RUN_HAS_STDERR = 1 << 2,
    RUN_HAS_EXECUTABLE = 1 << 3,
    RUN_KEEP_BOX = 1 << 4,
};

/* Python to a slot's init: this, then file_entry[files], collect_entry[collects], then the
   NUL-terminated texts argv, environment, file names, collect names. Descriptors come with it:
   stdin, stdout, stderr, executable (those that the flags name), then one for each file. */
struct request {
    uint32_t magic, kind;
    uint64_t run_id;
    uint64_t cpu_time_us, wall_time_us, memory_bytes, output_bytes, stack_bytes, box_bytes,
        box_inodes;
    uint32_t processes, open_files, args, environment, files, collects, flags, text_bytes;
};

struct file_entry {
    uint32_t mode, reserved;
};

struct collect_entry {
    uint64_t max_bytes;
    uint32_t tree, reserved;
};

enum reply_flags {
    REPLY_CPU_EXPIRED = 1 << 0,
    REPLY_WALL_EXPIRED = 1 << 1,
    REPLY_OUTPUT_EXCEEDED = 1 << 2,
    REPLY_CANCELLED = 1 << 3,
};

enum collect_problem { COLLECT_OK = 0, COLLECT_ABSENT, COLLECT_NOT_REGULAR, COLLECT_TOO_LARGE,
                       COLLECT_TOO_MANY };

/* A slot's init to Python: this, then collected_entry[collected], then their names. */
struct reply {
    uint32_t magic, kind;
    uint64_t run_id;
    int32_t broken_errno; /* not 0: the run could not be made, see reason */
    int32_t wait_status;
    uint32_t flags, oom_kills, processes_peak, leftovers, collected, reserved;
    uint64_t started_ns, finished_ns, cpu_ns, user_us, system_us;
    uint64_t memory_peak, memory_start;
    int64_t memory_file_change;
    uint64_t output_bytes, maxrss;
    char reason[REASON_BYTES];
};

struct collected_entry {
    uint64_t size;
    uint32_t problem, has_descriptor;
};

/* A request after parsing: pointers lead into the message. */
struct run {
    const struct request *head;
    char *argv[MAX_ARGS + 1];
    char *environment[MAX_ARGS + 1];
    const struct file_entry *file;
    const struct collect_entry *collect;
    const char *file_name[MAX_FILES];
    const char *collect_name[MAX_COLLECT];
    int standard[3], executable, file_fd[MAX_FILES];
};

/* message.c: no system call in it, so that it can be fuzzed. NULL or what is wrong. */
const char *parse_run(char *message, size_t length, const int *fds, size_t fd_count,
                      struct run *run);
bool name_is_safe(const char *name);

/* groups.c */
enum group_version { GROUPS_NONE = 0, GROUPS_V1 = 1, GROUPS_V2 = 2 };

struct group_fds {
    int memory_max, memory_swap_max, memory_peak, memory_usage, memory_events, memory_stat;
    int pids_max, pids_peak, cpu_usage;
    int version;
    bool peak_sticks; /* kernels before 6.12 (v2) cannot put the peak back */
};

int groups_find(const char *wanted, char *why, size_t why_bytes);
int groups_make(int index, struct group_fds *fds); /* 0 or -errno */
int groups_attach(int index, pid_t pid);
void groups_remove(int index);
void groups_close(struct group_fds *fds);
void groups_finish(void);
bool groups_count_cpu(void);
uint64_t group_cpu_ns(const struct group_fds *fds);
uint64_t group_number(int fd);
uint64_t group_field(int fd, const char *name);
int group_write(int fd, uint64_t value);

/* filter.c: seccomp and Landlock, put on by the program's process just before exec. */
int filter_install(void);
int landlock_prepare(int *abi);
int landlock_restrict(int ruleset);

/* root.c: the slot's file system. */
struct slot_plan {
    int index, cpu, groups, priority; /* priority: the usual one, for programs */
    bool user_namespace, two_uids;
    uid_t init_uid, program_uid; /* on the host */
    const char *bind[MAX_BINDS];
    int binds;
};

struct slot_report {
    int error;
    char stage[REASON_BYTES];
    int proc, landlock, peak_sticks; /* proc: 0 none, 1 whole, 2 pids only */
};

const char *root_build(const struct slot_plan *plan, int *proc_kind, int *proc_fd);
int scratch_mount(const char *path, uid_t owner, uint64_t bytes, uint64_t inodes);
int scratch_resize(const char *path, uint64_t bytes, uint64_t inodes);
bool scratch_is_clean(const char *path);

/* box.c: what init does inside /box. */
int box_write_files(const struct run *run, uid_t owner, char *reason);
size_t box_collect(const struct run *run, struct collected_entry *entries, char *names,
                   size_t *name_bytes, int *fds, size_t *fd_count);

/* run.c */
struct slot {
    int socket, null_fd, proc_fd, signal_fd, landlock;
    struct group_fds groups;
    struct slot_plan plan;
    uint64_t box_bytes, box_inodes, memory_max, processes_max;
    bool box_kept;
};

uid_t program_id(const struct slot *slot); /* as init's user namespace calls it */
void run_program(struct slot *slot, struct run *run, struct reply *reply);
void slot_wipe(struct slot *slot);
int set_oom_score(int proc_fd, const char *score);

/* init.c: never returns. */
void slot_init(const struct slot_plan *plan, const struct group_fds *groups, int socket, int go,
               int report) __attribute__((noreturn));

uint64_t now_ns(int clock);

#endif
