package io.uad.api.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.Progress;
import io.uad.api.UadException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineProviderTest {
    private static final EngineProvider PLAIN = new EngineProvider() {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public Engine create(Options options) {
            throw new IllegalStateException("not asked for");
        }
    };

    @Test
    void anEngineHasOneSetOfNativesUnlessItSaysOtherwise() {
        var request = new NativesRequest("cu128", Optional.empty(), Progress.NONE, sentence -> {});
        var failure = assertThrows(UadException.class, () -> PLAIN.installNatives(request));
        assertEquals(ErrorKind.CONFIG, failure.kind());
        assertTrue(failure.toString().contains("plain comes with one set of natives"), failure.toString());
    }

    @Test
    void aFlavorHasAName() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new NativesRequest(" ", Optional.empty(), Progress.NONE, sentence -> {}));
    }
}
