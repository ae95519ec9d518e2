package io.uad.benchmarks;

import io.uad.api.FeatureMatrix;
import io.uad.api.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Images and matrices that both sides read: float32 in the machine's order, one row after the other. */
final class Materials {
    /** Rows of the matrix that is clustered. */
    static final int POINTS = 50_000;

    static final int POINT_COLUMNS = 256;

    /** Rows of the matrix whose principal axes are found. */
    static final int ROWS = 10_000;

    static final int ROW_COLUMNS = 9_216;

    private static final int RANK = 300;
    private static final int CENTRES = 2_000;
    private static final int IMAGES = 2_000;
    private static final int CLASSES = 100;

    private final Path folder;

    Materials(Path folder) {
        this.folder = folder;
    }

    /** Unit rows around 2,000 centres, so that clusters and a graph of neighbours are not pure noise. */
    Path points() throws IOException {
        return matrix("points.f32", POINTS, POINT_COLUMNS, () -> {
            var centres = new SplittableRandom(1);
            var means = IntStream.range(0, CENTRES)
                    .mapToObj(i -> gaussians(POINT_COLUMNS, 1, centres))
                    .toArray(float[][]::new);
            return row -> {
                var random = new SplittableRandom(1_000_000L + row);
                var values = gaussians(POINT_COLUMNS, 0.8, random);
                var mean = means[random.nextInt(CENTRES)];
                var squares = 0.0;
                for (var j = 0; j < values.length; j++) {
                    values[j] += mean[j];
                    squares += values[j] * values[j];
                }
                for (var j = 0; j < values.length; j++) {
                    values[j] = (float) (values[j] / Math.sqrt(squares));
                }
                return values;
            };
        });
    }

    /** Rows of rank 300 with noise of the same size. */
    Path rows() throws IOException {
        return matrix("rows.f32", ROWS, ROW_COLUMNS, () -> {
            var directions = new SplittableRandom(2);
            var axes = IntStream.range(0, RANK)
                    .mapToObj(i -> gaussians(ROW_COLUMNS, 1, directions))
                    .toArray(float[][]::new);
            return row -> {
                var random = new SplittableRandom(2_000_000L + row);
                var values = gaussians(ROW_COLUMNS, 1, random);
                for (var axis : axes) {
                    var share = (float) random.nextGaussian();
                    for (var j = 0; j < values.length; j++) {
                        values[j] += share * axis[j];
                    }
                }
                return values;
            };
        });
    }

    /** A folder of JPEGs, 500x375 pixels each, in 100 folders. */
    Path images() throws IOException {
        var target = folder.resolve("images");
        if (Files.isDirectory(target)) {
            return target;
        }
        var making = folder.resolve("images.making");
        for (var i = 0; i < IMAGES; i++) {
            var file = making.resolve(String.format("c%02d/%05d.jpg", i % CLASSES, i));
            Files.createDirectories(file.getParent());
            Files.write(file, SyntheticJpeg.of(500, 375, new Seed(i)));
        }
        return Files.move(making, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A matrix from a file. */
    static FeatureMatrix read(Path file, int rows, int columns) throws IOException {
        var matrix = FeatureMatrix.allocate(rows, columns);
        var bytes = ByteBuffer.allocate(columns * Float.BYTES).order(ByteOrder.nativeOrder());
        var values = new float[columns];
        try (var in = FileChannel.open(file)) {
            for (var row = 0; row < rows; row++) {
                bytes.clear();
                while (bytes.hasRemaining()) {
                    if (in.read(bytes) < 0) {
                        throw new IOException(file + " ends too early");
                    }
                }
                bytes.flip().asFloatBuffer().get(values);
                matrix.write(row, 1, values);
            }
        }
        return matrix;
    }

    /** Removes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path matrix(String name, int rows, int columns, Supplier<IntFunction<float[]>> source) throws IOException {
        var target = folder.resolve(name);
        if (Files.exists(target) && Files.size(target) == (long) rows * columns * Float.BYTES) {
            return target;
        }
        var making = folder.resolve(name + ".making");
        var maker = source.get();
        var rowsAtOnce = 256;
        try (var out = FileChannel.open(
                making, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (var first = 0; first < rows; first += rowsAtOnce) {
                var block = new float[Math.min(rowsAtOnce, rows - first)][];
                var begin = first;
                IntStream.range(0, block.length).parallel().forEach(i -> block[i] = maker.apply(begin + i));
                var bytes = ByteBuffer.allocate(block.length * columns * Float.BYTES)
                        .order(ByteOrder.nativeOrder());
                for (var values : block) {
                    bytes.asFloatBuffer().put(values);
                    bytes.position(bytes.position() + columns * Float.BYTES);
                }
                bytes.flip();
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
        }
        return Files.move(making, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static float[] gaussians(int count, double deviation, SplittableRandom random) {
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
