package io.uad.runtime.checkpoint;

import io.uad.api.UadException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The append-only logs of a run's folder, {@code *.jsonl}. */
final class RunLogs {
    private static final String SUFFIX = ".jsonl";
    /** Carries no promise, so a resume does not ask that it is whole. */
    private static final String TIMINGS = "timings.jsonl";

    private static final Pattern NAME = Pattern.compile("[^/\\\\]+\\.jsonl");
    private static final int BUFFER_BYTES = 1 << 16;

    private RunLogs() {}

    static Map<String, Long> lineCounts(Path folder) {
        var counts = new TreeMap<String, Long>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(SUFFIX))
                    .toList()) {
                try (var log = new RandomAccessFile(file.toFile(), "rw")) {
                    counts.put(file.getFileName().toString(), skip(log, Long.MAX_VALUE));
                    log.getFD().sync();
                }
            }
        } catch (IOException e) {
            throw AtomicFile.failure(folder, 0, e);
        }
        return counts;
    }

    static void cutBack(Path folder, Map<String, Long> lines) {
        wanted(folder, lines).forEach((name, count) -> cut(folder.resolve(name), count));
    }

    /** Whether {@link #cutBack} finds what it needs. */
    static void check(Path folder, Map<String, Long> lines) {
        wanted(folder, lines).forEach((name, count) -> {
            if (!name.equals(TIMINGS)) {
                check(folder.resolve(name), count);
            }
        });
    }

    private static Map<String, Long> wanted(Path folder, Map<String, Long> lines) {
        var wanted = new TreeMap<>(Map.of("metrics" + SUFFIX, 0L, TIMINGS, 0L));
        wanted.putAll(lines);
        for (var name : wanted.keySet()) {
            // A checkpoint may come from elsewhere; it must not name files outside this folder.
            if (!NAME.matcher(name).matches()) {
                throw UadException.data(
                        "the checkpoint names a log '" + name + "'",
                        folder.toString(),
                        "names that end in " + SUFFIX,
                        "Use another checkpoint");
            }
        }
        return wanted;
    }

    private static void check(Path file, long count) {
        var found = 0L;
        if (Files.exists(file)) {
            try (var log = new RandomAccessFile(file.toFile(), "r")) {
                found = skip(log, count);
            } catch (IOException e) {
                throw AtomicFile.failure(file, 0, e);
            }
        }
        if (found < count) {
            throw UadException.data(
                    "the log has " + found + " lines",
                    file.toString(),
                    count + " or more, as when the checkpoint was written",
                    "Restore the log, resume from an older checkpoint, or start again with --overwrite");
        }
    }

    private static void cut(Path file, long count) {
        if (!Files.exists(file)) {
            return;
        }
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            skip(log, count);
            log.setLength(log.getFilePointer());
            log.getFD().sync();
        } catch (IOException e) {
            throw AtomicFile.failure(file, 0, e);
        }
    }

    /** Moves behind that many ends of lines, or behind the last one; returns how many there were. */
    private static long skip(RandomAccessFile log, long count) throws IOException {
        log.seek(0);
        var buffer = new byte[BUFFER_BYTES];
        var lines = 0L;
        var end = 0L;
        var at = 0L;
        for (int read; lines < count && (read = log.read(buffer)) >= 0; at += read) {
            for (var i = 0; i < read && lines < count; i++) {
                if (buffer[i] == '\n') {
                    lines++;
                    end = at + i + 1;
                }
            }
        }
        log.seek(end);
        return lines;
    }
}
