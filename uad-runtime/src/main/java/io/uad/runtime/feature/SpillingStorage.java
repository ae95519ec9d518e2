package io.uad.runtime.feature;

import io.uad.api.ErrorKind;
import io.uad.api.FeatureMatrix;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/** Blocks on the heap up to a budget, in mapped temporary files beyond it. */
public final class SpillingStorage implements FeatureMatrix.Storage {
    private static final FloatBuffer NOTHING = FloatBuffer.allocate(0);

    /** Collected buffers are unmapped by another thread. */
    private static final long RELEASE_NANOS = 200_000_000;

    private final Path folder;
    private long heapLeft;

    /**
     * @param folder where the temporary files lie; they vanish with the process at the latest
     * @param heapBytes how much may lie on the heap
     */
    public SpillingStorage(Path folder, long heapBytes) {
        this.folder = folder;
        this.heapLeft = heapBytes;
    }

    /** For work without a folder: a quarter of the heap, then the system's folder for temporary files. */
    public static SpillingStorage temporary() {
        return new SpillingStorage(
                Path.of(System.getProperty("java.io.tmpdir")),
                Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * How many bytes of matrices, allocated one after the other, would lie in files.
     *
     * @param rows of each
     * @param columns of each
     */
    public static long[] spilled(long heapBytes, int[] rows, int[] columns) {
        var spilled = new long[rows.length];
        var left = new long[] {heapBytes};
        for (var i = 0; i < rows.length; i++) {
            var matrix = i;
            FeatureMatrix.allocate(rows[i], columns[i], floats -> {
                var bytes = (long) floats * Float.BYTES;
                if (bytes <= left[0]) {
                    left[0] -= bytes;
                } else {
                    spilled[matrix] += bytes;
                }
                return NOTHING; // nobody writes to this matrix
            });
        }
        return spilled;
    }

    @Override
    public FloatBuffer allocate(int floats) {
        var bytes = (long) floats * Float.BYTES;
        if (bytes <= heapLeft) {
            heapLeft -= bytes;
            return FloatBuffer.allocate(floats);
        }
        try {
            return mappedAtLast(bytes);
        } catch (ClosedByInterruptException e) {
            throw (CancellationException) new CancellationException("interrupted while memory was mapped").initCause(e);
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.RESOURCE,
                    "the features cannot be written to a scratch file: " + e.getMessage(),
                    folder.toString(),
                    (bytes >> 20) + " MiB of free disk",
                    "Free some disk, choose another folder, or give Java more memory (UAD_OPTS=-Xmx...);"
                            + " 'uad plan' says how much a run needs",
                    e);
        }
    }

    /** Files that nobody uses any more hold the disk until the garbage collector has seen that. */
    private FloatBuffer mappedAtLast(long bytes) throws IOException {
        try {
            return mapped(scratch(), bytes);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            System.gc();
            LockSupport.parkNanos(RELEASE_NANOS);
            return mapped(scratch(), bytes);
        }
    }

    private Path scratch() throws IOException {
        return Files.createTempFile(folder, ".features-", ".tmp");
    }

    /** The file goes with the channel; where that leaves it until the process ends, it is gone if this throws. */
    private static FloatBuffer mapped(Path file, long bytes) throws IOException {
        var done = false;
        try (var channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            reserve(channel, bytes);
            var floats = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            done = true;
            return floats;
        } finally {
            if (!done) {
                Files.deleteIfExists(file); // it may not even have been opened
            }
        }
    }

    /** Writes zeros: mapped, a file with holes ends the process when the disk is full. */
    private static void reserve(FileChannel channel, long bytes) throws IOException {
        var zeros = ByteBuffer.allocate((int) Math.min(bytes, 1 << 20));
        for (var left = bytes; left > 0; left -= zeros.limit()) {
            zeros.clear().limit((int) Math.min(left, zeros.capacity()));
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
        }
    }
}
