package io.uad.runtime.training;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uad.runtime.listener.StopSignal;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StopInterruptTest {
    @Test
    void whoWaitsIsInterruptedWhenTheWorkIsAskedToStopAndNotAfterwards() {
        var stop = new StopSignal();
        try (var interrupt = new StopInterrupt(stop)) {
            stop.raise();
            assertThrows(InterruptedException.class, () -> TimeUnit.SECONDS.sleep(15));
        }
        assertFalse(Thread.interrupted());
        try (var interrupt = new StopInterrupt(stop)) {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }
        assertFalse(Thread.interrupted(), "nobody else has interrupted this thread");
    }

    @Test
    void whoeverIsNotStoppedWaitsInPeace() throws InterruptedException {
        try (var interrupt = new StopInterrupt(new StopSignal())) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        assertFalse(Thread.interrupted());
    }
}
