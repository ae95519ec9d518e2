package io.uad.plugin.engine.libtorch;

import io.uad.api.UadException;
import io.uad.api.engine.Membership;
import io.uad.api.engine.ProcessGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Processes that talk by Gloo, over TCP, from the memory of the CPU; and where all have a GPU, by NCCL from the memory of
 * these.
 */
final class LibtorchGroup implements ProcessGroup {
    private static final int TAG = 1;

    private final Membership membership;
    private final Backend control;
    private final @Nullable Backend gpus;
    private final Backend tensors;
    private volatile @Nullable UadException failure; // also of a thread of the library's

    /**
     * @param control connected to all others, for the memory of the CPU
     * @param gpus the same for the memory of GPUs; null if all compute on the CPU
     */
    LibtorchGroup(Membership membership, Backend control, @Nullable Backend gpus) {
        this.membership = membership;
        this.control = control;
        this.gpus = gpus;
        this.tensors = gpus == null ? control : gpus;
    }

    @Override
    public int rank() {
        return membership.rank();
    }

    @Override
    public int size() {
        return membership.size();
    }

    boolean joinsStatistics() {
        return membership.joinStatistics();
    }

    @Override
    public void sum(double[] values) {
        call(() -> {
            var memory = new DoublePointer(values);
            var numbers = torch.from_blob(memory, sides(values.length), new TensorOptions(ScalarType.Double));
            finish(failing(() -> control.allreduce(new TensorVector(numbers))));
            memory.get(values);
            return this;
        });
    }

    /** Replaces the values of a contiguous tensor on the device by their sums. */
    void sum(Tensor values) {
        finish(beginSum(values));
    }

    /** The same without waiting for it; the tensor is then not to be touched before {@link #finish}. */
    Work beginSum(Tensor values) {
        return failing(() -> tensors.allreduce(new TensorVector(values)));
    }

    /** Gives a contiguous tensor on the device the values that process 0 has. */
    void broadcast(Tensor values) {
        finish(failing(() -> tensors.broadcast(new TensorVector(values))));
    }

    /** Waits for what was begun. */
    void finish(Work work) {
        failing(work::_wait);
    }

    @Override
    public byte[] broadcast(byte[] values) {
        return call(() -> {
            var length = new double[] {rank() == 0 ? values.length : 0};
            sum(length);
            var memory = new BytePointer((long) length[0]);
            if (rank() == 0) {
                memory.put(values);
            }
            var bytes = bytes(memory, (int) length[0]);
            finish(failing(() -> control.broadcast(new TensorVector(bytes))));
            var received = new byte[(int) length[0]];
            memory.get(received);
            return received;
        });
    }

    @Override
    public List<byte[]> gather(byte[] values) {
        return call(() -> {
            var lengths = new double[size()];
            lengths[rank()] = values.length;
            sum(lengths);
            var all = new ArrayList<byte[]>();
            if (rank() > 0) {
                if (values.length > 0) {
                    var memory = new BytePointer(values);
                    finish(failing(() -> control.send(new TensorVector(bytes(memory, values.length)), 0, TAG)));
                }
                return all;
            }
            all.add(values.clone());
            for (var other = 1; other < size(); other++) {
                all.add(receive(other, (int) lengths[other]));
            }
            return all;
        });
    }

    private byte[] receive(int rank, int length) {
        var received = new byte[length];
        if (length > 0) {
            var memory = new BytePointer((long) length);
            finish(failing(() -> control.recv(new TensorVector(bytes(memory, length)), rank, TAG)));
            memory.get(received);
        }
        return received;
    }

    private static Tensor bytes(BytePointer memory, int length) {
        return torch.from_blob(memory, sides(length), new TensorOptions(ScalarType.Byte));
    }

    private static long[] sides(long length) {
        return new long[] {length};
    }

    private static <T> T call(Supplier<T> work) {
        try (var scope = new PointerScope()) {
            return work.get();
        }
    }

    private <T> T failing(Supplier<T> work) {
        if (control.isNull()) {
            throw new IllegalStateException("the group is closed");
        }
        try {
            return work.get();
        } catch (RuntimeException e) {
            failure = GroupFailures.lost(membership, e);
            throw failure;
        }
    }

    /**
     * Runs work that calls this group from within the library, which keeps only the message of what is thrown there.
     *
     * @throws UadException as such a call threw it
     */
    void unwrapped(Runnable work) {
        failure = null;
        try {
            work.run();
        } catch (RuntimeException e) {
            throw failure == null ? e : failure;
        }
    }

    /** Without it the library ends what is on its way by force, and says so. */
    private void leave(Backend nccl) {
        if (failure == null) {
            nccl.shutdown();
        } else {
            nccl.abort();
        }
        nccl.close();
    }

    @Override
    public void close() {
        if (gpus != null && !gpus.isNull()) {
            leave(gpus);
        }
        control.close();
    }
}
