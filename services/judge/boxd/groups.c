/* Control groups, version 2 and 1: found, made, read. Only groups below our own are touched. */
#define _GNU_SOURCE
#include "boxd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MEMORY, PIDS, CPUACCT, HIERARCHIES };
static const char *const controller[HIERARCHIES] = {"memory", "pids", "cpuacct"};

#define ASIDE "/codeplace-judge"

static int version;
static char parent[HIERARCHIES][PATH_MAX]; /* "" where a hierarchy is missing; v2 uses [0] */
static char moved_from[PATH_MAX];          /* v2: where we were before we made room */

static int write_text(const char *dir, const char *file, const char *text) {
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", dir, file);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    ssize_t done = write(fd, text, strlen(text));
    int error = done < 0 ? -errno : 0;
    close(fd);
    return error;
}

static int open_in(const char *dir, const char *file, int flags) {
    char path[PATH_MAX + 64];
    if (!dir[0])
        return -1;
    snprintf(path, sizeof path, "%s/%s", dir, file);
    return open(path, flags | O_CLOEXEC);
}

static bool has_word(const char *list, const char *word) {
    size_t size = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += size)
        if ((at == list || strchr(", \n", at[-1])) && (!at[size] || strchr(", \n", at[size])))
            return true;
    return false;
}

/* Our group in the hierarchy that /proc/self/cgroup calls by this controller ("" is v2). */
static bool own_group(const char *name, char *group, size_t bytes) {
    char line[PATH_MAX + 256];
    bool found = false;
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file && !found && fgets(line, sizeof line, file)) {
        char *list = strchr(line, ':'), *path = list ? strchr(list + 1, ':') : NULL;
        if (!path)
            continue;
        *path++ = '\0';
        path[strcspn(path, "\n")] = '\0';
        list++;
        found = *name ? has_word(list, name) : *list == '\0';
        if (found)
            snprintf(group, bytes, "%s", path);
    }
    if (file)
        fclose(file);
    return found;
}

/* The directory of our group, by the mount of that hierarchy; roots of bind mounts respected. */
static bool find_directory(const char *name, const char *wanted, char *dir) {
    char group[PATH_MAX], line[2 * PATH_MAX], root[PATH_MAX], at[PATH_MAX];
    bool found = false;
    if (!own_group(name, group, sizeof group))
        return false;
    FILE *file = fopen("/proc/self/mountinfo", "re");
    while (file && !found && fgets(line, sizeof line, file)) {
        char *rest = strstr(line, " - "), options[1024] = "", type[64] = "";
        if (!rest || sscanf(line, "%*d %*d %*s %4095s %4095s", root, at) != 2 ||
            sscanf(rest, " - %63s %*s %1023s", type, options) < 1)
            continue;
        if (*name ? strcmp(type, "cgroup") || !has_word(options, name) : strcmp(type, "cgroup2") != 0)
            continue;
        size_t skip = strcmp(root, "/") ? strlen(root) : 0;
        const char *below = strncmp(group, root, skip) == 0 ? group + skip : "";
        snprintf(dir, PATH_MAX, "%.2000s%.2000s", at, strcmp(below, "/") ? below : "");
        if (wanted) {
            snprintf(dir + strlen(dir), PATH_MAX - strlen(dir), "/%s", wanted);
            if (access(dir, F_OK) != 0)
                snprintf(dir, PATH_MAX, "%.2000s/%.2000s", at, wanted);
        }
        found = access(dir, F_OK) == 0;
    }
    if (file)
        fclose(file);
    return found;
}

/* Groups of a boxd that died without tidying: those named by a pid that is no more. What is
   not empty stays: rmdir refuses it. */
static void remove_stale(const char *dir) {
    char path[PATH_MAX + 96];
    DIR *list = opendir(dir);
    for (struct dirent *entry; list && (entry = readdir(list));) {
        int pid = 0;
        if (sscanf(entry->d_name, "codeplace-%d", &pid) != 1 || pid == getpid() ||
            kill(pid, 0) == 0 || errno != ESRCH)
            continue;
        for (int slot = 0; slot < 256; slot++) {
            snprintf(path, sizeof path, "%s/codeplace-%d/slot-%d", dir, pid, slot);
            rmdir(path);
        }
        snprintf(path, sizeof path, "%s/codeplace-%d", dir, pid);
        rmdir(path);
    }
    if (list)
        closedir(list);
}

static int make_parent(char *dir) {
    remove_stale(dir);
    size_t used = strlen(dir);
    snprintf(dir + used, PATH_MAX - used, "/codeplace-%d", getpid());
    return mkdir(dir, 0755) == 0 || errno == EEXIST ? 0 : -errno;
}

/* Version 2 forbids processes in a group whose children have controllers: step aside first,
   with everything that shares our group, which therefore must be ours (a container's or a
   delegated one). The hierarchy's true root has no such rule. */
static int step_aside(const char *dir) {
    char aside[PATH_MAX + 32], pids[65536];
    int fd = open_in(dir, "cgroup.type", O_RDONLY);
    if (fd < 0)
        return 0;
    close(fd);
    snprintf(aside, sizeof aside, "%s%s", dir, ASIDE);
    if (mkdir(aside, 0755) != 0 && errno != EEXIST)
        return -errno;
    fd = open_in(dir, "cgroup.procs", O_RDONLY);
    ssize_t got = fd < 0 ? 0 : read(fd, pids, sizeof pids - 1);
    if (fd >= 0)
        close(fd);
    pids[got > 0 ? got : 0] = '\0';
    for (char *save = NULL, *pid = strtok_r(pids, "\n", &save); pid; pid = strtok_r(NULL, "\n", &save)) {
        int error = write_text(aside, "cgroup.procs", pid);
        if (error && error != -ESRCH)
            return error;
    }
    snprintf(moved_from, sizeof moved_from, "%s", dir);
    return 0;
}

static int find_v2(const char *wanted, char *why, size_t bytes) {
    char *dir = parent[0], list[512] = "";
    if (!find_directory("", wanted, dir))
        return snprintf(why, bytes, "no cgroup2 mount"), -ENOENT;
    /* Started by a judge that an earlier boxd moved aside: its place is one above. */
    size_t used = strlen(dir), tail = strlen(ASIDE);
    if (!wanted && used > tail && strcmp(dir + used - tail, ASIDE) == 0)
        dir[used - tail] = '\0';
    int fd = open_in(dir, "cgroup.controllers", O_RDONLY);
    if (fd >= 0) {
        if (read(fd, list, sizeof list - 1) < 0)
            list[0] = '\0';
        close(fd);
    }
    if (!has_word(list, "memory") || !has_word(list, "pids"))
        return snprintf(why, bytes, "cgroup2 group %.400s does not have the controllers memory and pids",
                        dir), -ENOENT;
    char made[PATH_MAX];
    memcpy(made, dir, sizeof made);
    int error = write_text(dir, "cgroup.subtree_control", "+memory +pids");
    if (error == -EBUSY && (error = step_aside(dir)) == 0)
        error = write_text(dir, "cgroup.subtree_control", "+memory +pids");
    if (error == 0)
        error = make_parent(made);
    if (error == 0)
        error = write_text(made, "cgroup.subtree_control", "+memory +pids");
    if (error) {
        snprintf(why, bytes, "cgroup2 group %.400s cannot be divided: %s", dir, strerror(-error));
        return error;
    }
    memcpy(parent[0], made, sizeof made);
    version = GROUPS_V2;
    return 0;
}

static int find_v1(const char *wanted, char *why, size_t bytes) {
    for (int i = 0; i < HIERARCHIES; i++) {
        int error = find_directory(controller[i], wanted, parent[i]) ? make_parent(parent[i]) : -ENOENT;
        if (error && i == CPUACCT) /* on hybrid hosts every group of version 2 has cpu.stat */
            error = find_directory("", wanted, parent[i]) ? make_parent(parent[i]) : -ENOENT;
        if (error == 0)
            continue;
        snprintf(why, bytes, "control group version 1 %s at %.400s: %s", controller[i], parent[i],
                 strerror(-error));
        parent[i][0] = '\0';
        if (i == MEMORY)
            return error;
    }
    version = GROUPS_V1;
    return 0;
}

int groups_find(const char *wanted, char *why, size_t bytes) {
    char second[512] = "";
    why[0] = '\0';
    if (wanted && strcmp(wanted, "none") == 0)
        return snprintf(why, bytes, "switched off by the setting"), GROUPS_NONE;
    if (wanted && (strcmp(wanted, "auto") == 0 || !*wanted))
        wanted = NULL;
    if (find_v2(wanted, why, bytes) == 0)
        return why[0] = '\0', GROUPS_V2;
    memset(parent, 0, sizeof parent);
    if (find_v1(wanted, second, sizeof second) == 0)
        return snprintf(why, bytes, "%s", second), GROUPS_V1;
    size_t used = strlen(why);
    snprintf(why + used, bytes - used, "; %s", second);
    memset(parent, 0, sizeof parent);
    return GROUPS_NONE;
}

static void slot_directory(int hierarchy, int index, char *dir, size_t bytes) {
    snprintf(dir, bytes, "%.4000s/slot-%d", parent[hierarchy], index);
}

static void open_v2(const char *dir, struct group_fds *fds) {
    fds->memory_max = open_in(dir, "memory.max", O_WRONLY);
    fds->memory_swap_max = open_in(dir, "memory.swap.max", O_WRONLY);
    fds->memory_peak = open_in(dir, "memory.peak", O_RDWR);
    fds->peak_sticks = fds->memory_peak < 0 || group_write(fds->memory_peak, 0) != 0;
    if (fds->memory_peak < 0)
        fds->memory_peak = open_in(dir, "memory.peak", O_RDONLY);
    fds->memory_usage = open_in(dir, "memory.current", O_RDONLY);
    fds->memory_events = open_in(dir, "memory.events", O_RDONLY);
    fds->memory_stat = open_in(dir, "memory.stat", O_RDONLY);
    fds->pids_max = open_in(dir, "pids.max", O_WRONLY);
    fds->pids_peak = open_in(dir, "pids.peak", O_RDONLY);
    fds->cpu_usage = open_in(dir, "cpu.stat", O_RDONLY);
    if (fds->memory_swap_max >= 0)
        group_write(fds->memory_swap_max, 0);
}

static void open_v1(char dir[HIERARCHIES][PATH_MAX], struct group_fds *fds) {
    fds->memory_max = open_in(dir[MEMORY], "memory.limit_in_bytes", O_WRONLY);
    fds->memory_swap_max = open_in(dir[MEMORY], "memory.memsw.limit_in_bytes", O_WRONLY);
    fds->memory_peak = open_in(dir[MEMORY], "memory.max_usage_in_bytes", O_RDWR);
    fds->memory_usage = open_in(dir[MEMORY], "memory.usage_in_bytes", O_RDONLY);
    fds->memory_events = open_in(dir[MEMORY], "memory.oom_control", O_RDONLY);
    fds->memory_stat = open_in(dir[MEMORY], "memory.stat", O_RDONLY);
    fds->pids_max = open_in(dir[PIDS], "pids.max", O_WRONLY);
    fds->pids_peak = open_in(dir[PIDS], "pids.peak", O_RDONLY);
    fds->cpu_usage = open_in(dir[CPUACCT], "cpuacct.usage", O_RDONLY);
    if (fds->cpu_usage < 0)
        fds->cpu_usage = open_in(dir[CPUACCT], "cpu.stat", O_RDONLY);
    write_text(dir[MEMORY], "memory.swappiness", "0");
}

int groups_make(int index, struct group_fds *fds) {
    char dir[HIERARCHIES][PATH_MAX] = {""};
    *fds = (struct group_fds){-1, -1, -1, -1, -1, -1, -1, -1, -1, version, false};
    for (int i = 0; i < HIERARCHIES; i++) {
        if (!parent[i][0])
            continue;
        slot_directory(i, index, dir[i], sizeof dir[i]);
        if (mkdir(dir[i], 0755) != 0 && errno != EEXIST)
            return -errno;
    }
    if (version == GROUPS_V2)
        open_v2(dir[0], fds);
    else if (version == GROUPS_V1)
        open_v1(dir, fds);
    if (version != GROUPS_NONE && (fds->memory_max < 0 || fds->memory_events < 0))
        return -ENOTSUP;
    return 0;
}

int groups_attach(int index, pid_t pid) {
    char dir[PATH_MAX], text[32];
    snprintf(text, sizeof text, "%d", pid);
    for (int i = 0; i < HIERARCHIES; i++) {
        if (!parent[i][0])
            continue;
        slot_directory(i, index, dir, sizeof dir);
        int error = write_text(dir, "cgroup.procs", text);
        if (error)
            return error;
    }
    return 0;
}

void groups_remove(int index) {
    char dir[PATH_MAX];
    for (int i = 0; i < HIERARCHIES; i++) {
        if (!parent[i][0])
            continue;
        slot_directory(i, index, dir, sizeof dir);
        for (int tries = 0; tries < 200 && rmdir(dir) != 0 && errno == EBUSY; tries++)
            usleep(1000); /* the last task is still leaving */
    }
}

void groups_close(struct group_fds *fds) {
    int *each = (int *)fds;
    for (size_t i = 0; i < offsetof(struct group_fds, version) / sizeof(int); i++)
        if (each[i] >= 0)
            close(each[i]);
}

/* Whether a group counts CPU time, or only what is reaped is known. */
bool groups_count_cpu(void) {
    return version == GROUPS_V2 || parent[CPUACCT][0];
}

void groups_finish(void) {
    for (int i = 0; i < HIERARCHIES; i++)
        if (parent[i][0])
            rmdir(parent[i]);
    if (moved_from[0]) {
        char pid[32];
        snprintf(pid, sizeof pid, "%d", getpid());
        write_text(moved_from, "cgroup.procs", pid);
    }
}

uint64_t group_number(int fd) {
    char text[64];
    ssize_t got = fd < 0 ? -1 : pread(fd, text, sizeof text - 1, 0);
    if (got <= 0)
        return 0;
    text[got] = '\0';
    return strtoull(text, NULL, 10);
}

uint64_t group_field(int fd, const char *name) {
    char text[8192];
    ssize_t got = fd < 0 ? -1 : pread(fd, text, sizeof text - 1, 0);
    if (got <= 0)
        return 0;
    text[got] = '\0';
    size_t size = strlen(name);
    for (const char *at = text; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, name, size) == 0 && at[size] == ' ')
            return strtoull(at + size + 1, NULL, 10);
        if (!*at)
            break;
    }
    return 0;
}

uint64_t group_cpu_ns(const struct group_fds *fds) {
    char first = '0';
    if (fds->cpu_usage < 0 || pread(fds->cpu_usage, &first, 1, 0) != 1 || first != 'u')
        return group_number(fds->cpu_usage); /* cpuacct.usage */
    return group_field(fds->cpu_usage, "usage_usec") * 1000;
}

int group_write(int fd, uint64_t value) {
    char text[32];
    int size = snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return pwrite(fd, text, (size_t)size, 0) < 0 ? -errno : 0;
}
