package io.uad.runtime.config;

import io.uad.api.Option;
import io.uad.api.TensorShape;
import io.uad.api.dataset.DatasetSummary;
import java.util.OptionalInt;

/** {@code image: {size: 224}}: how images are read. */
public record ImageSettings(
        @Option(
                defaultValue = "" + ImageSettings.STANDARD_SIZE,
                min = 1,
                max = 4096,
                description = "side of the square that the network sees, in pixels")
        int size,

        @Option(
                defaultValue = "false",
                description = "turn photographs upright as their EXIF data says; the original does not")
        boolean exifOrientation,

        @Option(
                defaultValue = "auto",
                min = 1,
                max = 1024,
                description = "threads that read images, auto is one per core, with --processes of its part of them;"
                        + " changes speed, never results")
        OptionalInt workers,

        @Option(
                defaultValue = "0.1",
                min = 0,
                max = 1,
                description = "share of images that may be unreadable and are left out; with more the run stops")
        double maxBadShare) {
    private static final int STANDARD_SIZE = 224;

    /** Whether anything but the defaults was chosen for what only images have. */
    public boolean changesImages() {
        return size != STANDARD_SIZE || exifOrientation;
    }

    /** What the network sees of a sample: a square image of the configured side, or a vector as it is. */
    public TensorShape inputOf(DatasetSummary dataset) {
        return dataset.vectorLength().isPresent()
                ? TensorShape.vector(dataset.vectorLength().getAsInt())
                : TensorShape.image(size);
    }

    /** The same with another number of threads. */
    public ImageSettings withWorkers(OptionalInt count) {
        return new ImageSettings(size, exifOrientation, count, maxBadShare);
    }

    /** Threads that read images. */
    public int workerCount() {
        return workers.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }
}
