package io.uad.plugin.engine.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.engine.Membership;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupFailuresTest {
    private static final Membership MEMBER = new Membership("h", 9, 1, 2, Duration.ofSeconds(20), true);

    private static String lost(String message) {
        return String.valueOf(
                GroupFailures.lost(MEMBER, new RuntimeException(message)).getMessage());
    }

    @Test
    void ofAConnectionThatIsLostOnlyTheReasonIsKept() {
        assertEquals(
                "the connection to another process is lost, as when it has ended: Connection closed by peer [10.0.0.1]:5",
                lost("[/home/somebody/gloo/transport/tcp/pair.cc:553] Connection closed by peer [10.0.0.1]:5. This is"
                                + " typically caused by a remote worker crashing. Check the logs.")
                        .replaceFirst(";.*", "")
                        .replaceFirst("^process 1 of 2, h:9: ", ""));
    }

    @Test
    void whoeverIsSilentHasNotEnded() {
        for (var words : new String[] {"Timed out waiting 1000ms", "Application timeout caused pair closure"}) {
            assertTrue(lost(words).contains("has not answered for 20 s"), lost(words));
            assertTrue(lost(words).contains("--process-timeout"), lost(words));
        }
    }
}
