import Foundation
import Testing

/// A wall clock that jumps: a library that is loaded before a program's own and adds the seconds in a file to what the
/// system says. The clocks that never jump stay as they are.
struct ShiftedClock: Sendable {
    private let seconds: URL
    private let library: URL

    /// Makes the library below a folder; nil where there is no compiler for it.
    init?(in folder: URL) async throws {
        seconds = folder.appending(path: "clock-seconds")
        library = folder.appending(path: "shifted-clock.so")
        let source = folder.appending(path: "shifted-clock.c")
        try Self.source.write(to: source, atomically: true, encoding: .utf8)
        let compilers = ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"]
        guard let compiler = compilers.first(where: FileManager.default.isExecutableFile(atPath:)) else { return nil }
        let made = try LeewardProcess(
            executable: URL(fileURLWithPath: compiler),
            ["-shared", "-fPIC", "-O1", "-o", library.path, source.path, "-ldl"],
            temporaryFolder: folder
        )
        try #require(try await made.exitCode(within: 60) == 0, "\(made.printed)")
        try jump(to: 0)
    }

    /// What a program needs around it to live under this clock.
    var environment: [String: String] { ["LD_PRELOAD": library.path, "SHIFTED_CLOCK": seconds.path] }

    /// Sets the clock to so many hours beside the real one.
    func jump(to hours: Int) throws {
        try String(hours * 3600).write(to: seconds, atomically: true, encoding: .utf8)
    }

    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static long shift(void)
        {
            char text[32] = {0};
            const char *path = getenv("SHIFTED_CLOCK");
            int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
            if (file < 0) return 0;
            if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
            close(file);
            return atol(text);
        }

        int clock_gettime(clockid_t clock, struct timespec *now)
        {
            static int (*real)(clockid_t, struct timespec *);
            if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
            int result = real(clock, now);
            if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += shift();
            return result;
        }

        int gettimeofday(struct timeval *now, void *zone)
        {
            static int (*real)(struct timeval *, void *);
            if (!real) real = (int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday");
            int result = real(now, zone);
            if (result == 0 && now) now->tv_sec += shift();
            return result;
        }

        """
}
