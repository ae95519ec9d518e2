package io.uad.runtime.process;

import io.uad.runtime.listener.StopSignal;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** One process, which has nobody to ask or to tell. */
record Alone(StopSignal stop) implements Processes {
    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public boolean stops() {
        return stop.isRaised();
    }

    @Override
    public void requireStopped(CancellationException cancelled) {
        stop.requireRaised(cancelled);
    }

    @Override
    public <T> T byLeader(Supplier<T> work, Form<T> form) {
        return work.get();
    }

    @Override
    public <T> List<T> gathered(T own, Form<T> form) {
        return List.of(own);
    }

    @Override
    public List<byte[]> gather(byte[] own) {
        return List.of(own);
    }

    @Override
    public int[] counts(int own) {
        return new int[] {own};
    }
}
