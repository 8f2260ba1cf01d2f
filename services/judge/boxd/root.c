/* A slot's file system: a read-only tmpfs holding the runtimes and little else, made once; and
   the two capped tmpfs /box and /tmp, which come and go with the runs. */
#define _GNU_SOURCE
#include "boxd.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *base; /* where the new root is built before it becomes the root */

static const char *const device[] = {"null", "zero", "full", "random", "urandom"};
static const char *const link_from[][2] = {{"/proc/self/fd", "dev/fd"},
                                           {"/proc/self/fd/0", "dev/stdin"},
                                           {"/proc/self/fd/1", "dev/stdout"},
                                           {"/proc/self/fd/2", "dev/stderr"},
                                           {"/tmp", "dev/shm"},
                                           {"/proc/self/mounts", "etc/mtab"}};
static const char *const text_file[][2] = {
    {"etc/passwd", "root:x:0:0:root:/:/usr/sbin/nologin\nbox:x:1000:1000:box:/box:/usr/sbin/nologin\n"},
    {"etc/group", "root:x:0:\nbox:x:1000:\n"},
    {"etc/hosts", "127.0.0.1 localhost box\n"},
    {"etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"},
    {"etc/host.conf", "multi on\n"},
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static const char *under_base(const char *path) {
    static char full[PATH_MAX];
    snprintf(full, sizeof full, "%s/%s", base, path[0] == '/' ? path + 1 : path);
    return full;
}

/* "SOURCE", "SOURCE:TARGET", either with a leading "?" when it may be missing. */
static const char *split_bind(const char *bind, char *source, char *target, bool *optional) {
    *optional = bind[0] == '?';
    bind += *optional;
    const char *colon = strchr(bind, ':');
    snprintf(source, PATH_MAX, "%.*s", colon ? (int)(colon - bind) : PATH_MAX - 1, bind);
    snprintf(target, PATH_MAX, "%s", colon ? colon + 1 : source);
    return target[0] == '/' ? target : NULL;
}

static int make_directories(const char *path, bool last_too) {
    char full[PATH_MAX];
    snprintf(full, sizeof full, "%s", under_base(path));
    for (char *slash = full + strlen(base) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        if (mkdir(full, 0755) != 0 && errno != EEXIST)
            return -errno;
        *slash = '/';
    }
    return last_too && mkdir(full, 0755) != 0 && errno != EEXIST ? -errno : 0;
}

static int make_file(const char *path, const char *text) {
    int fd = open(under_base(path), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        return -errno;
    ssize_t done = text ? write(fd, text, strlen(text)) : 0;
    close(fd);
    return done < 0 ? -errno : 0;
}

/* What each bind's source is: looked up with the id that we came with, which may see more. */
enum kind { MISSING, LINK, DIRECTORY, PLAIN };
static enum kind bind_kind[MAX_BINDS];

static int look_at_binds(const struct slot_plan *plan) {
    char source[PATH_MAX], target[PATH_MAX];
    for (int i = 0; i < plan->binds; i++) {
        bool optional;
        struct stat status;
        if (!split_bind(plan->bind[i], source, target, &optional))
            return -EINVAL;
        bind_kind[i] = MISSING;
        if (lstat(source, &status) == 0 && S_ISLNK(status.st_mode) && strcmp(source, target) == 0)
            bind_kind[i] = LINK;
        else if (stat(source, &status) == 0)
            bind_kind[i] = S_ISDIR(status.st_mode) ? DIRECTORY : PLAIN;
        else if (!optional)
            return -errno;
    }
    return 0;
}

/* A place for one bind: a directory, an empty file, or the same symlink as the host's. */
static int make_place(const char *bind, enum kind kind) {
    char source[PATH_MAX], target[PATH_MAX], to[PATH_MAX] = "";
    bool optional;
    split_bind(bind, source, target, &optional);
    int error = kind == MISSING ? 0 : make_directories(target, kind == DIRECTORY);
    if (kind == PLAIN && !error)
        error = make_file(target, NULL);
    if (kind == LINK && !error && readlink(source, to, sizeof to - 1) > 0 &&
        symlink(to, under_base(target)) != 0 && errno != EEXIST)
        error = -errno;
    return error;
}

static int make_tree(const struct slot_plan *plan) {
    static const char *const directory[] = {"box", "tmp", "dev", "proc", "etc", "var/tmp"};
    if (mount("tmpfs", base, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=4m,nr_inodes=4096") != 0)
        return -errno;
    umask(022);
    int error = 0;
    for (size_t i = 0; i < COUNT(directory) && !error; i++)
        error = make_directories(directory[i], true);
    for (size_t i = 0; i < COUNT(device) && !error; i++) {
        char name[32];
        snprintf(name, sizeof name, "dev/%s", device[i]);
        error = make_file(name, NULL);
    }
    for (size_t i = 0; i < COUNT(link_from) && !error; i++)
        error = symlink(link_from[i][0], under_base(link_from[i][1])) == 0 ? 0 : -errno;
    for (size_t i = 0; i < COUNT(text_file) && !error; i++)
        error = make_file(text_file[i][0], text_file[i][1]);
    for (int i = 0; i < plan->binds && !error; i++)
        error = make_place(plan->bind[i], bind_kind[i]);
    return error;
}

/* Files in a tmpfs of our user namespace need an id that is mapped there, while the sources of
   binds may only be reachable with the id that we came with: so a child makes the tree. */
static int make_tree_as_slot_root(const struct slot_plan *plan) {
    pid_t child = fork();
    if (child == 0) {
        uid_t id = plan->two_uids ? 0 : PROGRAM_ID;
        if (plan->user_namespace && (syscall(SYS_setresgid, id, id, id) != 0 ||
                                     syscall(SYS_setresuid, id, id, id) != 0))
            _exit(errno);
        _exit(-make_tree(plan));
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -ECHILD;
    return -WEXITSTATUS(status);
}

/* Read-only, no setuid, no devices. The old call must repeat flags that are locked on the
   source, and reaches only the topmost mount; the new one (5.12) takes the whole tree. */
static int restrict_bind(const char *target, bool devices) {
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOSUID};
    attributes.attr_set |= devices ? MOUNT_ATTR_NOEXEC : MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV;
    if (syscall(SYS_mount_setattr, AT_FDCWD, target, AT_RECURSIVE, &attributes, sizeof attributes) == 0)
        return 0;
    unsigned long flags = MS_REMOUNT | MS_BIND | MS_NOSUID;
    flags |= devices ? MS_NOEXEC : MS_RDONLY | MS_NODEV;
    struct statvfs status;
    if (statvfs(target, &status) == 0)
        flags |= (status.f_flag & ST_NOEXEC ? MS_NOEXEC : 0) |
                 (status.f_flag & ST_NOATIME ? MS_NOATIME : 0) |
                 (status.f_flag & ST_NODIRATIME ? MS_NODIRATIME : 0) |
                 (status.f_flag & ST_RELATIME ? MS_RELATIME : 0) |
                 (status.f_flag & ST_RDONLY ? MS_RDONLY : 0);
    return mount(NULL, target, NULL, flags, NULL) == 0 ? 0 : -errno;
}

static int bind_one(const char *source, const char *target, bool devices) {
    const char *full = under_base(target);
    if (mount(source, full, NULL, MS_BIND | MS_REC, NULL) != 0)
        return -errno;
    return restrict_bind(full, devices);
}

static int bind_all(const struct slot_plan *plan) {
    char source[PATH_MAX], target[PATH_MAX];
    for (size_t i = 0; i < COUNT(device); i++) {
        snprintf(source, sizeof source, "/dev/%s", device[i]);
        int error = bind_one(source, source, true);
        if (error)
            return error;
    }
    for (int i = 0; i < plan->binds; i++) {
        bool optional;
        split_bind(plan->bind[i], source, target, &optional);
        if (bind_kind[i] == MISSING || bind_kind[i] == LINK)
            continue;
        int error = bind_one(source, target, false);
        if (error && !(optional && (error == -EACCES || error == -ENOENT)))
            return error;
    }
    return 0;
}

/* Two mounts of one /proc: init keeps the lower one (it must write its children's
   oom_score_adj), programs see the upper, read-only one. */
static int mount_proc(int *fd) {
    static const char *const options[] = {"hidepid=invisible,subset=pid", "hidepid=2"};
    char target[PATH_MAX];
    snprintf(target, sizeof target, "%s", under_base("proc"));
    const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    int kind = 0;
    for (size_t i = 0; i < COUNT(options) && !kind; i++)
        if (mount("proc", target, "proc", flags, options[i]) == 0)
            kind = i == 0 ? 2 : 1;
    if (!kind)
        return 0;
    *fd = open(target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (mount(target, target, NULL, MS_BIND, NULL) != 0 ||
        mount(NULL, target, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | flags, NULL) != 0) {
        umount2(target, MNT_DETACH);
        return 0;
    }
    return kind;
}

static int enter_root(void) {
    if (chdir(base) != 0 || syscall(SYS_pivot_root, ".", ".") != 0 ||
        umount2(".", MNT_DETACH) != 0 || chdir("/") != 0)
        return -errno;
    return mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) == 0
               ? 0
               : -errno;
}

/* NULL, or the stage that failed with errno set. */
const char *root_build(const struct slot_plan *plan, int *proc_kind, int *proc_fd) {
    static const char *const places[] = {"/sys", "/mnt", "/tmp"};
    for (size_t i = 0; i < COUNT(places) && !base; i++)
        if (access(places[i], F_OK) == 0)
            base = places[i];
    int error = base ? 0 : -ENOENT;
    if (error || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return "make the mounts private";
    *proc_fd = -1;
    const char *stage = "look at the runtimes";
    if ((error = look_at_binds(plan)) == 0) {
        stage = "make the root's tree";
        error = make_tree_as_slot_root(plan);
    }
    if (error == 0) {
        stage = "bind the runtimes";
        error = bind_all(plan);
    }
    if (!error) {
        *proc_kind = mount_proc(proc_fd);
        stage = "enter the new root";
        error = enter_root();
    }
    errno = -error;
    return error ? stage : NULL;
}

int scratch_mount(const char *path, uid_t owner, uint64_t bytes, uint64_t inodes) {
    char options[160];
    snprintf(options, sizeof options, "mode=0700,uid=%u,gid=%u,size=%llu,nr_inodes=%llu", owner,
             owner, (unsigned long long)bytes, (unsigned long long)inodes);
    return mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0 ? 0 : -errno;
}

int scratch_resize(const char *path, uint64_t bytes, uint64_t inodes) {
    char options[160];
    snprintf(options, sizeof options, "size=%llu,nr_inodes=%llu", (unsigned long long)bytes,
             (unsigned long long)inodes);
    return mount(NULL, path, NULL, MS_REMOUNT | MS_NOSUID | MS_NODEV, options) == 0 ? 0 : -errno;
}

/* Nothing in it: one inode, its root, and no page. */
bool scratch_is_clean(const char *path) {
    struct statfs status;
    return statfs(path, &status) == 0 && status.f_files - status.f_ffree == 1 &&
           status.f_bfree == status.f_blocks;
}
