/* Makes one chosen file operation below a folder fail; to be loaded with LD_PRELOAD.
 *
 * Counts what changes files below the folder: writes (w), opening for writing (o), syncs (s), renames (r), changes
 * of size (t), new folders (m) and removals (u). `fault_arm` says which of them, counted from 1, has what fate;
 * armed in a forked child, it leaves the parent alone. The log lies in memory that parent and child share.
 * System calls are made directly, so that nothing of the C library is called from within itself.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* KILL and INTERRUPT (Ctrl-C) come after the call; other fates are values of errno; 0 only counts */
enum { SHORT = -1, KILL = -2, INTERRUPT = -3 };
enum { LOG_SIZE = 4 << 20 };

static struct {
    char log[LOG_SIZE]; /* lines of a kind, a blank and a path */
    long used, calls;
} *shared;

static char prefix[PATH_MAX];
static long chosen;
static int fate, lasting;

__attribute__((constructor)) static void start(void) {
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

/* From the chosen call on (`lasts`), or at that call only. */
void fault_arm(const char *folder, long call, int what, int lasts) {
    memset(shared, 0, sizeof *shared);
    chosen = call, fate = what, lasting = lasts;
    snprintf(prefix, sizeof prefix, "%s", folder);
}

const char *fault_log(void) { return shared->log; }

static void raise_after(int fated) {
    if (fated == KILL) syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    if (fated == INTERRUPT) syscall(SYS_kill, syscall(SYS_getpid), SIGINT);
}

static int is_below(const char *path) {
    size_t length = strlen(prefix);
    return length && !strncmp(path, prefix, length) && (path[length] == '/' || !path[length]);
}

static void path_of(int descriptor, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
}

/* The fate of this operation, and 0 where it is none of ours. */
static int fate_of(char kind, const char *path) {
    if (!shared || !is_below(path)) return 0;
    long call = __atomic_add_fetch(&shared->calls, 1, __ATOMIC_SEQ_CST);
    char line[PATH_MAX + 4];
    long length = snprintf(line, sizeof line, "%c %s\n", kind, path + strlen(prefix));
    long at = __atomic_fetch_add(&shared->used, length, __ATOMIC_SEQ_CST);
    if (at + length < LOG_SIZE) memcpy(shared->log + at, line, length);
    int is_full = lasting && call > chosen && strchr("woms", kind);
    if (call != chosen && !is_full) return 0;
    return fate;
}

static int fate_at(char kind, int folder, const char *path) {
    char whole[2 * PATH_MAX] = "";
    if (path[0] != '/') {
        if (folder == AT_FDCWD) syscall(SYS_getcwd, whole, PATH_MAX);
        else path_of(folder, whole);
        strcat(whole, "/");
    }
    strncat(whole, path, PATH_MAX - 1);
    return fate_of(kind, whole);
}

static int fate_on(char kind, int descriptor) {
    char path[PATH_MAX];
    int before = errno;
    path_of(descriptor, path);
    errno = before;
    return fate_of(kind, path);
}

#define CALL(fate_here, call)                              \
    do {                                                   \
        int fated = (fate_here);                           \
        if (fated > 0) return errno = fated, -1;           \
        long result = (call);                              \
        raise_after(fated);                                \
        return result;                                     \
    } while (0)

static int opened(int folder, const char *path, int flags, int mode) {
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    CALL(writes ? fate_at('o', folder, path) : 0, syscall(SYS_openat, folder, path, flags, mode));
}

static int mode_of(int flags, va_list more) {
    return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, int) : 0;
}

#define OPEN(name)                                         \
    int name(const char *path, int flags, ...) {           \
        va_list more;                                      \
        va_start(more, flags);                             \
        int mode = mode_of(flags, more);                   \
        va_end(more);                                      \
        return opened(AT_FDCWD, path, flags, mode);        \
    }
#define OPENAT(name)                                       \
    int name(int folder, const char *path, int flags, ...) { \
        va_list more;                                      \
        va_start(more, flags);                             \
        int mode = mode_of(flags, more);                   \
        va_end(more);                                      \
        return opened(folder, path, flags, mode);          \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

static size_t shorter(int now, size_t count) { return now == SHORT && count > 1 ? count / 2 : count; }

ssize_t write(int descriptor, const void *data, size_t count) {
    int now = fate_on('w', descriptor);
    CALL(now, syscall(SYS_write, descriptor, data, shorter(now, count)));
}

#define PWRITE(name)                                                                   \
    ssize_t name(int descriptor, const void *data, size_t count, off_t offset) {       \
        int now = fate_on('w', descriptor);                                            \
        CALL(now, syscall(SYS_pwrite64, descriptor, data, shorter(now, count), offset)); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    int now = fate_on('w', descriptor);
    CALL(now, syscall(SYS_writev, descriptor, parts, (int)shorter(now, count)));
}

int fsync(int descriptor) { CALL(fate_on('s', descriptor), syscall(SYS_fsync, descriptor)); }
int fdatasync(int descriptor) { CALL(fate_on('s', descriptor), syscall(SYS_fdatasync, descriptor)); }
int ftruncate(int descriptor, off_t size) { CALL(fate_on('t', descriptor), syscall(SYS_ftruncate, descriptor, size)); }
int ftruncate64(int descriptor, off_t size) { return ftruncate(descriptor, size); }

int renameat2(int from, const char *old, int to, const char *path, unsigned flags) {
    CALL(fate_at('r', to, path), syscall(SYS_renameat2, from, old, to, path, flags));
}
int renameat(int from, const char *old, int to, const char *path) { return renameat2(from, old, to, path, 0); }
int rename(const char *old, const char *path) { return renameat2(AT_FDCWD, old, AT_FDCWD, path, 0); }

int mkdirat(int folder, const char *path, mode_t mode) {
    CALL(fate_at('m', folder, path), syscall(SYS_mkdirat, folder, path, mode));
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int unlinkat(int folder, const char *path, int flags) {
    CALL(fate_at('u', folder, path), syscall(SYS_unlinkat, folder, path, flags));
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
