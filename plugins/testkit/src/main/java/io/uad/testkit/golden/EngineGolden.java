package io.uad.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Backbone;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Engine;
import java.util.OptionalInt;

/** What the golden tests of an engine need of it, and of the plugins of the original's backbones. */
abstract class EngineGolden {
    /**
     * A new engine on the CPU.
     *
     * @param threads of an operation, or as many as the engine likes
     */
    protected abstract Engine engine(OptionalInt threads);

    /**
     * The original's backbone in its full width, with an edge of zeros for Sobel's gradients.
     *
     * @param name {@code alexnet} or {@code vgg16}
     * @param sobel whether it sees gradients instead of colours
     * @param dropout the probability of all its dropout layers
     */
    protected abstract Backbone backbone(String name, boolean sobel, double dropout);

    /** The network that a golden case describes. */
    final Network network(JsonNode golden, double dropout) {
        return backbone(golden.get("arch").asText(), golden.get("sobel").asBoolean(), dropout)
                .network(TensorShape.image(golden.get("size").asInt()));
    }
}
