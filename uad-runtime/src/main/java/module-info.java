/** Reads the configuration, finds plugins, runs the loop, evaluates, and writes what a run leaves on the disk. */
module io.uad.runtime {
    requires transitive io.uad.api;
    requires com.fasterxml.jackson.databind;
    requires com.twelvemonkeys.imageio.tiff;
    requires com.twelvemonkeys.imageio.webp;
    requires java.desktop; // ImageIO
    requires java.management;
    requires jdk.management; // the memory of the machine
    requires metadata.extractor;
    requires org.apache.commons.compress;
    requires org.apache.commons.io;
    requires org.jgrapht.core;
    requires org.snakeyaml.engine.v2;
    requires pf4j;
    requires static org.jspecify;

    exports io.uad.runtime;
    exports io.uad.runtime.backbone;
    exports io.uad.runtime.checkpoint;
    exports io.uad.runtime.config;
    exports io.uad.runtime.engine;
    exports io.uad.runtime.evaluation;
    exports io.uad.runtime.image;
    exports io.uad.runtime.inference;
    exports io.uad.runtime.packing;
    exports io.uad.runtime.plan;
    exports io.uad.runtime.plugin;
    exports io.uad.runtime.process;
    exports io.uad.runtime.training;

    opens io.uad.runtime.checkpoint to
            com.fasterxml.jackson.databind; // records as JSON
    opens io.uad.runtime.engine to
            com.fasterxml.jackson.databind;

    uses io.uad.api.dataset.DatasetProvider;
    uses io.uad.api.image.DecoderProvider;
    uses io.uad.api.backbone.BackboneProvider;
    uses io.uad.api.engine.EngineProvider;
    uses io.uad.api.fusion.FusionProvider;
    uses io.uad.api.reduction.ReductionProvider;
    uses io.uad.api.clustering.ClusteringProvider;
    uses io.uad.api.uncertainty.UncertaintyProvider;
    uses io.uad.api.listener.ListenerProvider;
}
