package io.uad.api.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.api.ErrorKind;
import io.uad.api.NoOptions;
import io.uad.api.Options;
import io.uad.api.UadException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetProviderTest {
    @Test
    void aDatasetThatIsOnlyReadSaysSo() {
        var request = new WriterRequest(
                OutputStream.nullOutputStream(), new DatasetSummary("here", List.of(), 0, "none"), Map.of());
        var error = assertThrows(UadException.class, () -> new ReadOnly().writer(request));
        assertEquals(ErrorKind.CONFIG, error.kind());
        assertTrue(error.toString().contains("dataset/read-only"), error.toString());
    }

    private static final class ReadOnly implements DatasetProvider {
        @Override
        public String name() {
            return "read-only";
        }

        @Override
        public String description() {
            return "nothing";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public Dataset create(Options options) {
            throw new UnsupportedOperationException();
        }
    }
}
