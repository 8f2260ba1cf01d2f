/* The message parser. It trusts no number in a message and makes no system call. */
#include "boxd.h"

#include <string.h>

struct text {
    char *at;
    size_t left;
};

static char *next_text(struct text *text) {
    char *end = text->left ? memchr(text->at, '\0', text->left) : NULL;
    if (!end)
        return NULL;
    char *found = text->at;
    text->left -= (size_t)(end - text->at) + 1;
    text->at = end + 1;
    return found;
}

/* A relative path of plain components: no empty one, no "." or "..", at most MAX_DEPTH. */
bool name_is_safe(const char *name) {
    size_t length = strnlen(name, MAX_NAME);
    if (length == 0 || length >= MAX_NAME)
        return false;
    int depth = 0;
    const char *part = name;
    for (;;) {
        size_t size = strcspn(part, "/");
        bool dots = (size == 1 && part[0] == '.') || (size == 2 && part[0] == '.' && part[1] == '.');
        if (size == 0 || size > 255 || dots || ++depth > MAX_DEPTH)
            return false;
        if (!part[size])
            return true;
        part += size + 1;
    }
}

static const char *take_list(struct text *text, char **list, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (!(list[i] = next_text(text)))
            return "text ends early";
    list[count] = NULL;
    return NULL;
}

static const char *take_names(struct text *text, const char **names, uint32_t count,
                              bool dot_allowed) {
    for (uint32_t i = 0; i < count; i++) {
        const char *name = next_text(text);
        if (!name)
            return "text ends early";
        if (!name_is_safe(name) && !(dot_allowed && strcmp(name, ".") == 0))
            return "a file name leads out of the box or is too long";
        names[i] = name;
    }
    return NULL;
}

static const char *take_fds(const struct request *head, const int *fds, size_t count,
                            struct run *run) {
    size_t used = 0, wanted = head->files;
    for (int i = 0; i < 4; i++)
        wanted += (head->flags >> i) & 1U;
    if (wanted != count)
        return "descriptors missing or too many";
    for (int i = 0; i < 3; i++)
        run->standard[i] = (head->flags >> i) & 1U ? fds[used++] : -1;
    run->executable = head->flags & RUN_HAS_EXECUTABLE ? fds[used++] : -1;
    for (uint32_t i = 0; i < head->files; i++)
        run->file_fd[i] = fds[used++];
    return NULL;
}

static const char *check_head(const struct request *head) {
    if (head->args == 0 || head->args > MAX_ARGS || head->environment > MAX_ARGS ||
        head->files > MAX_FILES || head->collects > MAX_COLLECT)
        return "a count is out of range";
    if (head->processes == 0 || head->processes > 100000 || head->open_files < 3 ||
        head->open_files > 1U << 20)
        return "processes or open files out of range";
    const uint64_t ceiling = 1ULL << 50;
    if (head->cpu_time_us == 0 || head->cpu_time_us > ceiling || head->wall_time_us == 0 ||
        head->wall_time_us > ceiling || head->memory_bytes < 1U << 20 ||
        head->memory_bytes > ceiling || head->output_bytes > ceiling ||
        head->stack_bytes > ceiling || head->box_bytes > ceiling || head->box_bytes < 4096 ||
        head->box_inodes > ceiling || head->box_inodes < 2)
        return "a limit is out of range";
    return NULL;
}

const char *parse_run(char *message, size_t length, const int *fds, size_t fd_count,
                      struct run *run) {
    if (length < sizeof(struct request))
        return "message too short";
    const struct request *head = (const struct request *)(const void *)message;
    const char *wrong = check_head(head);
    if (wrong)
        return wrong;
    size_t entries = head->files * sizeof(struct file_entry) +
                     head->collects * sizeof(struct collect_entry);
    if (length - sizeof *head < entries ||
        length - sizeof *head - entries != head->text_bytes)
        return "message length does not add up";
    run->head = head;
    run->file = (const struct file_entry *)(const void *)(message + sizeof *head);
    run->collect = (const struct collect_entry *)(const void *)(run->file + head->files);
    struct text text = {message + sizeof *head + entries, head->text_bytes};
    if ((wrong = take_list(&text, run->argv, head->args)) ||
        (wrong = take_list(&text, run->environment, head->environment)) ||
        (wrong = take_names(&text, run->file_name, head->files, false)) ||
        (wrong = take_names(&text, run->collect_name, head->collects, true)))
        return wrong;
    return take_fds(head, fds, fd_count, run);
}
