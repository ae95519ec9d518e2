package io.uad.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uad.api.backbone.Parameter;
import io.uad.api.backbone.Parameter.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSizeTest {
    @TempDir
    Path folder;

    @Test
    void theSizeIsThatOfTheFile() throws IOException {
        var weight = new Parameter("features.0.weight", List.of(2, 2), Role.NORMAL, 1);
        var counter = new Parameter("features.1.num_batches_tracked", List.of(), Role.COUNTER, 0);
        var head = new Parameter("top_layer.weight", List.of(2, 1), Role.NORMAL, 1);
        for (var epoch : new int[] {0, 1}) {
            var file = folder.resolve("epoch-" + epoch + ".safetensors");
            var position = new CheckpointManifest.Position(epoch, 7, 7, CheckpointManifest.Phase.TRAINING, false);
            CheckpointStore.write(file, Checkpoints.at(position));

            var size = new CheckpointSize(
                    List.of(weight, counter),
                    List.of(head),
                    List.of(weight),
                    Map.of("mean", List.of(1)),
                    2,
                    2,
                    3,
                    4,
                    epoch > 0);

            assertEquals(Files.size(file), size.bytes());
        }
    }
}
