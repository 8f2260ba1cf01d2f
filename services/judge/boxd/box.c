/* What a slot's init does inside /box on behalf of the judge. Every name is opened beneath the
   box's own directory with no link followed, because a program may have laid it out. */
#define _GNU_SOURCE
#include "boxd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_beneath(int directory, const char *name, int flags, unsigned mode) {
    struct open_how how = {
        .flags = (unsigned)flags | O_CLOEXEC | O_NOFOLLOW,
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
    };
    return (int)syscall(SYS_openat2, directory, name, &how, sizeof how);
}

static int open_box(void) {
    return open("/box", O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

/* The directory that is to hold `name`, made if need be; *last is the name in it. */
static int parent_directory(int box, const char *name, uid_t owner, const char **last) {
    int at = dup(box);
    const char *slash;
    while (at >= 0 && (slash = strchr(name, '/'))) {
        char part[256];
        snprintf(part, sizeof part, "%.*s", (int)(slash - name), name);
        int made = mkdirat(at, part, 0755);
        if (made == 0)
            made = fchownat(at, part, owner, owner, AT_SYMLINK_NOFOLLOW);
        int next = made == 0 || errno == EEXIST ? open_beneath(at, part, O_PATH | O_DIRECTORY, 0) : -1;
        int error = errno;
        close(at);
        errno = error;
        at = next;
        name = slash + 1;
    }
    *last = name;
    return at;
}

static int copy_in(int from, int to) {
    struct stat status;
    if (fstat(from, &status) != 0 || !S_ISREG(status.st_mode))
        return -EINVAL;
    off_t offset = 0;
    for (;;) {
        ssize_t sent = sendfile(to, from, &offset, 1 << 22);
        if (sent < 0)
            return -errno;
        if (sent == 0)
            return 0;
    }
}

static int write_file(int box, const char *name, uid_t owner, int from, unsigned mode) {
    const char *last;
    int directory = parent_directory(box, name, owner, &last);
    if (directory < 0)
        return -errno;
    int to = open_beneath(directory, last, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (to < 0 && errno == EEXIST && unlinkat(directory, last, 0) == 0)
        to = open_beneath(directory, last, O_WRONLY | O_CREAT | O_EXCL, 0600);
    int error = to < 0 ? -errno : copy_in(from, to);
    if (!error && fchmod(to, mode & 0777) != 0)
        error = -errno;
    if (to >= 0)
        close(to);
    close(directory);
    return error;
}

int box_write_files(const struct run *run, uid_t owner, char *reason) {
    if (run->head->files == 0)
        return 0;
    int box = open_box(), error = box < 0 ? -errno : 0;
    for (uint32_t i = 0; i < run->head->files && !error; i++) {
        error = write_file(box, run->file_name[i], owner, run->file_fd[i], run->file[i].mode);
        if (error)
            snprintf(reason, REASON_BYTES, "write the file %.60s into the box", run->file_name[i]);
    }
    if (box >= 0)
        close(box);
    return error;
}

struct harvest {
    struct collected_entry *entries;
    char *names;
    size_t count, *name_bytes, *fd_count;
    int *fds;
    uint64_t max_bytes;
};

static void add_entry(struct harvest *harvest, const char *name, int fd, uint64_t size,
                      uint32_t problem) {
    size_t bytes = strlen(name) + 1;
    if (harvest->count >= MAX_COLLECTED + MAX_COLLECT ||
        *harvest->name_bytes + bytes > REPLY_NAME_BYTES) {
        if (fd >= 0)
            close(fd);
        return;
    }
    if (fd >= 0 && *harvest->fd_count >= MAX_COLLECTED) {
        close(fd);
        fd = -1;
        problem = COLLECT_TOO_MANY;
    }
    memcpy(harvest->names + *harvest->name_bytes, name, bytes);
    *harvest->name_bytes += bytes;
    harvest->entries[harvest->count++] = (struct collected_entry){size, problem, fd >= 0};
    if (fd >= 0)
        harvest->fds[(*harvest->fd_count)++] = fd;
}

static void take_file(struct harvest *harvest, int directory, const char *at, const char *name) {
    struct stat status;
    /* O_NONBLOCK: opening a FIFO must not wait for its other end. */
    int fd = open_beneath(directory, at, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    uint32_t problem = COLLECT_OK;
    if (fd < 0)
        problem = errno == ENOENT || errno == ENOTDIR ? COLLECT_ABSENT : COLLECT_NOT_REGULAR;
    else if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        problem = COLLECT_NOT_REGULAR;
    else if ((uint64_t)status.st_size > harvest->max_bytes)
        problem = COLLECT_TOO_LARGE;
    if (problem && fd >= 0) {
        close(fd);
        fd = -1;
    }
    add_entry(harvest, name, fd, fd >= 0 ? (uint64_t)status.st_size : 0, problem);
}

static void take_tree(struct harvest *harvest, int directory, const char *prefix, int depth) {
    DIR *list = depth < MAX_DEPTH ? fdopendir(directory) : NULL;
    if (!list) {
        close(directory);
        return;
    }
    for (struct dirent *entry; (entry = readdir(list)) && harvest->count < MAX_COLLECTED;) {
        char name[MAX_NAME];
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            snprintf(name, sizeof name, "%s%s", prefix, entry->d_name) >= MAX_NAME - 1 ||
            fstatat(dirfd(list), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISREG(status.st_mode))
            take_file(harvest, dirfd(list), entry->d_name, name);
        if (!S_ISDIR(status.st_mode))
            continue;
        int below = open_beneath(dirfd(list), entry->d_name, O_RDONLY | O_DIRECTORY, 0);
        strcat(name, "/");
        if (below >= 0)
            take_tree(harvest, below, name, depth + 1);
    }
    closedir(list);
}

/* Called when no process of the box is alive. */
size_t box_collect(const struct run *run, struct collected_entry *entries, char *names,
                   size_t *name_bytes, int *fds, size_t *fd_count) {
    struct harvest harvest = {entries, names, 0, name_bytes, fd_count, fds, 0};
    int box = run->head->collects ? open_box() : -1;
    for (uint32_t i = 0; i < run->head->collects && box >= 0; i++) {
        const char *name = run->collect_name[i];
        harvest.max_bytes = run->collect[i].max_bytes;
        if (!run->collect[i].tree) {
            take_file(&harvest, box, name, name);
            continue;
        }
        char prefix[MAX_NAME + 1] = "";
        if (strcmp(name, ".") != 0)
            snprintf(prefix, sizeof prefix, "%s/", name);
        int top = open_beneath(box, name, O_RDONLY | O_DIRECTORY, 0);
        if (top >= 0)
            take_tree(&harvest, top, prefix, 0);
    }
    if (box >= 0)
        close(box);
    return harvest.count;
}
