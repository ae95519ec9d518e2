package io.uad.plugin.engine.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.VoidTensorHook;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Sums gradients over processes while the backward pass goes on. They are collected in buckets, the last layers first, and
 * a full bucket is on its way while the gradients of earlier layers are computed (Li et al., PyTorch Distributed, VLDB
 * 2020, section 3.2). Buckets leave in the same order in every process.
 */
final class JointGradients implements AutoCloseable {
    /** Floats: 25 MiB. */
    static final long MOST_PER_BUCKET = 25 << 18;

    private final LibtorchGroup group;
    private final long mostPerBucket;
    private List<Tensor> parameters = List.of();
    private List<Bucket> buckets = List.of();

    /** @param mostPerBucket floats; a larger parameter has a bucket of its own */
    JointGradients(LibtorchGroup group, long mostPerBucket) {
        this.group = group;
        this.mostPerBucket = mostPerBucket;
    }

    /**
     * Runs a backward pass, after which each parameter's gradient is the sum of all processes' ones.
     *
     * @param trained in the order of the layers; the same in every process
     */
    void sum(List<Tensor> trained, Runnable backward) {
        if (!trained.equals(parameters)) {
            arrange(trained);
        }
        buckets.forEach(Bucket::open);
        backward.run();
        buckets.forEach(Bucket::finish);
    }

    private void arrange(List<Tensor> trained) {
        close();
        parameters = List.copyOf(trained);
        buckets = new ArrayList<>();
        var members = new ArrayList<Tensor>();
        var floats = 0L;
        for (var i = trained.size() - 1; i >= 0; i--) {
            var parameter = trained.get(i);
            if (!members.isEmpty() && floats + parameter.numel() > mostPerBucket) {
                buckets.add(new Bucket(members, floats));
                members = new ArrayList<>();
                floats = 0;
            }
            members.add(parameter);
            floats += parameter.numel();
        }
        if (!members.isEmpty()) {
            buckets.add(new Bucket(members, floats));
        }
    }

    int bucketCount() {
        return buckets.size();
    }

    /** Sends all full buckets that no unfilled one comes before. */
    private void sendFull() {
        for (var bucket : buckets) {
            if (!bucket.isFull()) {
                return;
            }
            bucket.send();
        }
    }

    @Override
    public void close() {
        buckets.forEach(Bucket::close);
        buckets = List.of();
        parameters = List.of();
    }

    /** Gradients that travel together, one behind the other in memory. */
    private final class Bucket {
        private final Tensor memory;
        private final List<Arrival> arrivals = new ArrayList<>();
        private int missing;
        private @Nullable Work sending;

        Bucket(List<Tensor> members, long floats) {
            var where = new TensorOptions(members.get(0).device());
            memory = torch.empty(new long[] {floats}, where, new MemoryFormatOptional());
            memory.retainReference();
            var offset = 0L;
            for (var member : members) {
                arrivals.add(new Arrival(this, member, place(member, offset)));
                offset += member.numel();
            }
        }

        /** A view of this memory with a parameter's shape, in C order: the parameter may lie otherwise in other processes. */
        private Tensor place(Tensor member, long offset) {
            return memory.narrow(0, offset, member.numel())
                    .view(member.sizes().vec().get());
        }

        /** Waits for the gradients of a pass. */
        void open() {
            missing = arrivals.size();
            forget();
        }

        /** Also what a failed pass has left. */
        private void forget() {
            if (sending != null) {
                sending.close();
                sending = null;
            }
        }

        boolean isFull() {
            return missing == 0;
        }

        void arrived() {
            missing--;
            if (isFull()) {
                sendFull();
            }
        }

        void send() {
            if (sending == null) {
                sending = group.beginSum(memory);
                sending.retainReference(); // beyond the hook
            }
        }

        void finish() {
            if (sending == null) {
                throw new IllegalStateException(missing + " parameters have no gradient");
            }
            group.finish(sending);
            forget();
            arrivals.forEach(Arrival::adopt);
        }

        void close() {
            forget();
            arrivals.forEach(Arrival::remove);
            memory.close();
        }
    }

    /**
     * Copies a parameter's gradient to its place when it is there, in every pass: the library keeps an empty entry for each
     * hook that was ever registered.
     */
    private static final class Arrival extends VoidTensorHook {
        private final Bucket bucket;
        private final Tensor parameter;
        private final Tensor place;
        private final int registration;

        Arrival(Bucket bucket, Tensor parameter, Tensor place) {
            this.bucket = bucket;
            this.parameter = parameter;
            this.place = place.retainReference();
            this.registration = parameter.register_hook(this);
            retainReference();
        }

        /**
         * Lets go of the gradient at once: the library then keeps it without a copy. On a GPU this is called by a thread of the
         * library's, which has no scope.
         */
        @Override
        public void call(TensorBase gradient) {
            try (var scope = new PointerScope()) {
                arrive(gradient);
            }
        }

        private void arrive(TensorBase gradient) {
            try (gradient;
                    var values = new Tensor(gradient)) {
                place.copy_(values);
            }
            bucket.arrived();
        }

        /** Lets the sum take the place of this process's gradient. */
        void adopt() {
            parameter.mutable_grad().put(place);
        }

        void remove() {
            if (!parameter.isNull()) { // of an old head it is
                parameter.remove_hook(registration);
            }
            place.close();
            close();
        }
    }
}
