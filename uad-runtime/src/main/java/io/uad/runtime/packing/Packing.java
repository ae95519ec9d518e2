package io.uad.runtime.packing;

import io.uad.api.UadException;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.WriterRequest;
import io.uad.runtime.Mebibytes;
import io.uad.runtime.checkpoint.AtomicFile;
import io.uad.runtime.checkpoint.Machine;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.image.BadImage;
import io.uad.runtime.image.BadImages;
import io.uad.runtime.image.ImageCopies;
import io.uad.runtime.image.ImageDecoder;
import io.uad.runtime.image.StoredForm;
import io.uad.runtime.inference.Images;
import io.uad.runtime.listener.Listeners;
import io.uad.runtime.listener.StopSignal;
import io.uad.runtime.plugin.RegisteredComponent;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes a copy of the images of a dataset, in its order and with its names and labels. Images that cannot be read are named
 * and left out. The file is there when it is whole; what an interruption leaves, if anything, the next packing removes.
 */
public final class Packing {
    /** So many images, at equal distances, tell how much room all of them take. */
    private static final int SAMPLED = 32;

    /** A file that is estimated to be larger than the free room by less than this part may yet fit. */
    private static final double DOUBT = 0.1;

    private final RunConfig config;
    private final RegisteredComponent kind;
    private final Dataset dataset;
    private final Path file;
    private final StoredForm form;
    private final StopSignal stop = new StopSignal();

    /**
     * What was written.
     *
     * @param bytes of the file
     * @param images in it
     * @param leftOut what could not be read
     * @param seconds that it took
     */
    public record Result(Path file, long bytes, int images, List<BadImage> leftOut, double seconds) {}

    /**
     * @param config with the dataset and how it is read, which is a part of what is copied: {@code image.exif-orientation}
     * @param kind the dataset that writes copies
     * @param file to be replaced
     * @throws UadException of kind CONFIG if the dataset holds no images; as the dataset throws it
     */
    public Packing(RunConfig config, RegisteredComponent kind, Path file, StoredForm form) {
        this.config = config;
        this.kind = kind;
        this.file = file;
        this.form = form;
        this.dataset = config.dataset().create(Dataset.class);
        if (dataset.summary().vectorLength().isPresent()) {
            throw UadException.config(
                    "it holds vectors", dataset.summary().location(), "images", "A matrix is read fast as it is");
        }
    }

    /** Asks the work to end after the image in hand by a {@link java.util.concurrent.CancellationException}. */
    public void stop() {
        stop.raise();
    }

    /**
     * Writes the file, or nothing.
     *
     * @throws UadException of kind DATA if too many images cannot be read, or they change meanwhile; of kind RESOURCE if the
     *     file cannot be written
     */
    public Result execute() {
        var began = System.nanoTime();
        AtomicFile.removeLeftover(file);
        try (var listeners = Listeners.of(config)) {
            config.notices().forEach(listeners::notice);
            var bad = Images.bad(config, dataset, listeners);
            var expected = expectedBytes();
            listeners.notice("packing " + dataset.size() + " images of "
                    + dataset.summary().location() + ", about " + Mebibytes.of(expected));
            requireRoom(expected);
            AtomicFile.write(file, expected, out -> write(out, bad, listeners));
            var leftOut = List.copyOf(bad.all());
            return new Result(
                    file,
                    file.toFile().length(),
                    dataset.size() - leftOut.size(),
                    leftOut,
                    (System.nanoTime() - began) / 1e9);
        } catch (OutOfMemoryError e) {
            throw Machine.outOfMemory(e);
        }
    }

    private void write(OutputStream out, BadImages bad, Listeners listeners) throws IOException {
        var writer = kind.writer(new WriterRequest(out, dataset.summary(), details()));
        var all = IntStream.range(0, dataset.size()).toArray();
        try (var copies = copies(all, bad);
                var progress = new PackingProgress("pack", all.length, listeners, stop)) {
            for (var next = copies.next(); next.isPresent(); next = copies.next()) {
                var copy = next.get();
                if (copy.content().isPresent()) {
                    writer.add(dataset.sample(copy.index()), copy.content().get());
                }
                progress.done(copy.position() + 1);
            }
        }
        for (var image : bad.all()) {
            writer.leaveOut(dataset.sample(image.index()));
        }
        requireSame();
        writer.finish();
    }

    /** The writer may have looked at other files than those that were copied. */
    private void requireSame() {
        var now = config.dataset().create(Dataset.class).summary();
        if (!now.fingerprint().equals(dataset.summary().fingerprint())) {
            throw UadException.data(
                    "it has changed while it was packed",
                    now.location(),
                    "the same images until the copy is done",
                    "Pack it again when nothing writes there");
        }
    }

    private Map<String, String> details() {
        var details = new LinkedHashMap<String, String>();
        details.put(
                "short-side",
                form.shortSide().isEmpty()
                        ? "none"
                        : Integer.toString(form.shortSide().getAsInt()));
        details.put("encoding", form.encoding().name().toLowerCase(Locale.ROOT));
        if (form.encoding() == StoredForm.Encoding.JPEG) {
            details.put("quality", Integer.toString(form.quality()));
        }
        details.put("exif-orientation", Boolean.toString(config.image().exifOrientation()));
        return details;
    }

    private ImageCopies copies(int[] order, BadImages bad) {
        return new ImageCopies(
                dataset,
                order,
                new ImageDecoder(config.image().exifOrientation()),
                Optional.of(form),
                bad,
                config.image().workerCount());
    }

    /** An estimate; bad images are named when all are read. */
    private long expectedBytes() {
        var count = Math.min(SAMPLED, dataset.size());
        var order = IntStream.range(0, count)
                .map(i -> (int) ((long) i * dataset.size() / count))
                .toArray();
        var read = 0;
        var bytes = 0L;
        try (var copies = copies(order, new BadImages(dataset.size() + 1, 1, "", image -> {}))) {
            for (var next = copies.next(); next.isPresent(); next = copies.next()) {
                stop.check();
                if (next.get().content().isPresent()) {
                    read++;
                    bytes += bytes(next.get().content().get());
                }
            }
        }
        return read == 0 ? 0 : Math.round((double) bytes / read * dataset.size());
    }

    private static int bytes(Content content) {
        return content instanceof Content.Decoded decoded
                ? decoded.image().rgb().length
                : ((Content.Encoded) content).bytes().length;
    }

    private void requireRoom(long expected) {
        var folder = file.toAbsolutePath().getParent();
        var place = folder == null ? new File(".") : folder.toFile();
        var free = place.getUsableSpace();
        if (place.isDirectory() && free < (1 - DOUBT) * expected) {
            throw UadException.resource(
                    "the copy takes about " + Mebibytes.of(expected) + " and " + Mebibytes.of(free) + " are free",
                    file.toString(),
                    "room for it",
                    "Free some space, choose another folder, or make it smaller: --short-side, --encoding jpeg");
        }
    }
}
