package io.uad.plugin.engine.libtorch;

import io.uad.api.image.ImageBatch;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.bytedeco.pytorch.OptionalStreamGuard;
import org.bytedeco.pytorch.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Inputs that come to the device ahead of their step: by a thread of their own, on a stream of their own, so that copies and
 * views run beside the step before. One batch is on its way at most, and one in use.
 *
 * <p>The memory of a batch in use is freed when the next one is taken. Each step ends by reading something from the device,
 * so nothing there uses it any more by then.
 */
final class AheadInputs implements AutoCloseable {
    private final Function<ImageBatch, Tensor> work;
    private final @Nullable Stream stream;
    private @Nullable ExecutorService worker;
    private @Nullable Ahead coming;
    private @Nullable Ahead used;

    private record Ahead(ImageBatch batch, Future<Tensor> tensor) {
        /** Where the images of a batch begin here; -1 if they are others. */
        int find(ImageBatch other) {
            var first = batch.images().indexOf(other.images().get(0));
            return first >= 0
                            && first + other.size() <= batch.size()
                            && batch.images()
                                    .subList(first, first + other.size())
                                    .equals(other.images())
                            && batch.views()
                                    .subList(first, first + other.size())
                                    .equals(other.views())
                            && batch.normalization().equals(other.normalization())
                    ? first
                    : -1;
        }
    }

    /** @param work brings a batch to the device; called by a thread of this one */
    AheadInputs(LibtorchDevice device, Function<ImageBatch, Tensor> work) {
        this.work = work;
        this.stream = device.isGpu()
                ? torch.getDeviceGuardImpl(device.type())
                        .getStreamFromGlobalPool(device.device())
                        .retainReference()
                : null;
    }

    /** Begins with a batch. One that was begun before and not taken is dropped. */
    void begin(ImageBatch batch) {
        if (worker == null) {
            worker = Executors.newSingleThreadExecutor(task -> {
                var thread = new Thread(task, "uad-libtorch-inputs");
                thread.setDaemon(true);
                return thread;
            });
        }
        free(coming);
        coming = new Ahead(batch, worker.submit(() -> brought(batch)));
    }

    private Tensor brought(ImageBatch batch) {
        return Native.withoutGradient(() -> "bringing " + batch.size() + " images to the device", () -> {
            var tensor = stream == null ? work.apply(batch) : onStream(stream, batch);
            tensor.retainReference();
            return tensor;
        });
    }

    private Tensor onStream(Stream own, ImageBatch batch) {
        try (var guard = new OptionalStreamGuard(own)) {
            var tensor = work.apply(batch);
            own.synchronize(); // the stream of the step does not wait for this one
            return tensor;
        }
    }

    /** Those images of a batch that came ahead, which live until the next call; empty if none did. */
    Optional<Tensor> take(ImageBatch batch) {
        if (coming != null && coming.find(batch) >= 0) {
            free(used);
            used = coming;
            coming = null;
        }
        var first = used == null ? -1 : used.find(batch);
        return first < 0 || used == null
                ? Optional.empty()
                : Optional.of(tensor(used).narrow(0, first, batch.size()));
    }

    private static Tensor tensor(Ahead ahead) {
        try {
            return ahead.tensor.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    private static void free(@Nullable Ahead ahead) {
        if (ahead == null) {
            return;
        }
        try {
            ahead.tensor.get().close();
        } catch (ExecutionException e) {
            // there is nothing to free
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        free(coming);
        free(used);
        coming = null;
        used = null;
        if (worker != null) {
            worker.shutdown();
        }
        if (stream != null) {
            stream.close();
        }
    }
}
