package io.uad.runtime.process;

import io.uad.api.engine.ProcessGroup;
import io.uad.runtime.listener.StopSignal;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Several processes. */
record Group(ProcessGroup group, StopSignal stop) implements Processes {
    private static final byte[] NOTHING = {};
    private static final int DONE = 0;
    private static final int CANCELLED = 1;

    @Override
    public int rank() {
        return group.rank();
    }

    @Override
    public int size() {
        return group.size();
    }

    @Override
    public boolean stops() {
        var asked = new double[] {stop.isRaised() ? 1 : 0};
        group.sum(asked);
        if (asked[0] > 0) {
            stop.raise();
        }
        return asked[0] > 0;
    }

    @Override
    public void requireStopped(CancellationException cancelled) {
        stop.requireRaised(cancelled);
        stop.raise(); // this thread alone may have been interrupted; the others have to hear of it
    }

    @Override
    public <T> T byLeader(Supplier<T> work, Form<T> form) {
        return leads() ? done(work, form) : received(form);
    }

    private <T> T done(Supplier<T> work, Form<T> form) {
        var out = new Sender(group::broadcast);
        T result;
        try {
            result = work.get();
        } catch (CancellationException e) {
            stop.requireRaised(e);
            out.number(CANCELLED);
            out.flush();
            throw e;
        }
        out.number(DONE);
        form.write(result, out);
        out.flush();
        return result;
    }

    private <T> T received(Form<T> form) {
        var in = new Receiver(() -> group.broadcast(NOTHING));
        if (in.number() == CANCELLED) {
            stop.raise();
            throw new CancellationException("process 0 was asked to stop");
        }
        return form.read(in);
    }

    @Override
    public <T> List<T> gathered(T own, Form<T> form) {
        var bytes = new ByteArrayOutputStream();
        var out = new Sender(bytes::writeBytes);
        form.write(own, out);
        out.flush();
        return gather(bytes.toByteArray()).stream()
                .map(all -> form.read(new Receiver(() -> all)))
                .toList();
    }

    @Override
    public List<byte[]> gather(byte[] own) {
        return group.gather(own);
    }

    @Override
    public int[] counts(int own) {
        var counts = new double[size()];
        counts[rank()] = own;
        group.sum(counts);
        return Arrays.stream(counts).mapToInt(count -> (int) count).toArray();
    }
}
