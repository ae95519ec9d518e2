package io.uad.plugin.engine.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
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
    private static final long MOST_PER_BUCKET = 25 << 18; // floats: 25 MiB

    private final GlooGroup group;
    private List<Tensor> parameters = List.of();
    private List<Bucket> buckets = List.of();

    JointGradients(GlooGroup group) {
        this.group = group;
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
        try {
            backward.run();
        } finally {
            buckets.forEach(Bucket::stopListening);
        }
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
            if (!members.isEmpty() && floats + parameter.numel() > MOST_PER_BUCKET) {
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

    /** Sends all full buckets that no unfilled one comes before. */
    private void sendFull() {
        for (var bucket : buckets) {
            if (!bucket.isFull()) {
                return;
            }
            bucket.send();
        }
    }

    /** Frees the buckets; gradients that are still read lie in them. */
    @Override
    public void close() {
        buckets.forEach(Bucket::close);
        buckets = List.of();
        parameters = List.of();
    }

    /** Gradients that travel together, one behind the other in memory. */
    private final class Bucket {
        private final List<Tensor> members;
        private final Tensor memory;
        private final List<Arrival> arrivals = new ArrayList<>();
        private int missing;
        private @Nullable Work sending;

        Bucket(List<Tensor> members, long floats) {
            this.members = members;
            this.memory = torch.empty(floats).retainReference();
        }

        /** Waits for the gradients of a pass. */
        void open() {
            missing = members.size();
            sending = null;
            arrivals.clear();
            var offset = 0L;
            for (var member : members) {
                arrivals.add(new Arrival(this, member, place(member, offset)));
                offset += member.numel();
            }
        }

        /** A view of this memory with the shape and the order of a parameter. */
        private Tensor place(Tensor member, long offset) {
            return memory.as_strided(
                    member.sizes().vec().get(), member.strides().vec().get(), new LongOptional(offset));
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
            }
        }

        void stopListening() {
            arrivals.forEach(Arrival::stopListening);
        }

        void finish() {
            if (sending == null) {
                throw new IllegalStateException(missing + " parameters have no gradient");
            }
            group.finish(sending);
            arrivals.forEach(Arrival::adopt);
        }

        void close() {
            memory.close();
        }
    }

    /** Copies a parameter's gradient to its place when it is there. */
    private static final class Arrival extends VoidTensorHook {
        private final Bucket bucket;
        private final Tensor parameter;
        private final Tensor place;
        private final int registration;

        Arrival(Bucket bucket, Tensor parameter, Tensor place) {
            this.bucket = bucket;
            this.parameter = parameter;
            this.place = place;
            this.registration = parameter.register_hook(this);
        }

        /** Lets go of the gradient at once: the library then keeps it without a copy. */
        @Override
        public void call(TensorBase gradient) {
            try (gradient;
                    var values = new Tensor(gradient)) {
                place.copy_(values);
            }
            bucket.arrived();
        }

        void stopListening() {
            parameter.remove_hook(registration);
        }

        /** Lets the sum take the place of this process's gradient. */
        void adopt() {
            parameter.mutable_grad().put(place);
        }
    }
}
