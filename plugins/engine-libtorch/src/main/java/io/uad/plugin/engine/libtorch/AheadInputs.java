package io.uad.plugin.engine.libtorch;

import io.uad.api.image.ImageBatch;
import java.util.Optional;
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
 * views run beside the step before.
 *
 * <p>A batch is announced when the one before is about to be used, which was announced itself. So there are two: the one
 * whose turn it is, and the next. The first is freed when another is announced or the next one is taken: each step ends by
 * reading something from the device, so nothing there uses it any more by then.
 */
final class AheadInputs implements AutoCloseable {
    private final LibtorchDevice device;
    private final Function<ImageBatch, Tensor> work;
    private @Nullable Stream stream;
    private @Nullable ExecutorService worker;
    private @Nullable Ahead current;
    private @Nullable Ahead next;

    private record Ahead(ImageBatch batch, Future<Tensor> tensor) {
        /** Where the images of a batch begin here; -1 if they are others. */
        int find(ImageBatch other) {
            for (var first = 0; first + other.size() <= batch.size(); first++) {
                var last = first + other.size();
                if (batch.images().subList(first, last).equals(other.images())
                        && batch.views().subList(first, last).equals(other.views())
                        && batch.normalization().equals(other.normalization())) {
                    return first;
                }
            }
            return -1;
        }

        /** What became of it, once it has; empty if it failed. An interrupted thread waits, too, and stays interrupted. */
        Optional<Tensor> result() {
            var interrupted = false;
            try {
                while (true) {
                    try {
                        return Optional.of(tensor.get());
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (ExecutionException e) {
                        return Optional.empty(); // the step brings it itself, and says what fails
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        void free() {
            result().ifPresent(Tensor::close);
        }
    }

    /** @param work brings a batch to the device; called by a thread of this one */
    AheadInputs(LibtorchDevice device, Function<ImageBatch, Tensor> work) {
        this.device = device;
        this.work = work;
    }

    /** Begins with a batch. The one before the last is dropped, whether it was taken or not. */
    void begin(ImageBatch batch) {
        if (worker == null) {
            worker = Executors.newSingleThreadExecutor(task -> {
                var thread = new Thread(task, "uad-libtorch-inputs");
                thread.setDaemon(true);
                return thread;
            });
        }
        if (stream == null && device.isGpu()) {
            stream = torch.getDeviceGuardImpl(device.type())
                    .getStreamFromGlobalPool(device.device())
                    .retainReference();
        }
        var own = stream;
        turnTo(next);
        next = new Ahead(batch, worker.submit(() -> brought(batch, own)));
    }

    private void turnTo(@Nullable Ahead other) {
        if (current != null) {
            current.free();
        }
        current = other;
        next = null;
    }

    private Tensor brought(ImageBatch batch, @Nullable Stream own) {
        return Native.withoutGradient(() -> "bringing " + batch.size() + " images to the device", () -> {
            var tensor = own == null ? work.apply(batch) : onStream(own, batch);
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
        if (next != null && next.find(batch) >= 0) {
            turnTo(next);
        }
        if (current == null) {
            return Optional.empty();
        }
        var first = current.find(batch);
        return first < 0 ? Optional.empty() : current.result().map(tensor -> tensor.narrow(0, first, batch.size()));
    }

    @Override
    public void close() {
        turnTo(next);
        turnTo(null);
        if (worker != null) {
            worker.shutdown();
        }
        if (stream != null) {
            stream.close();
        }
    }
}
