package io.uad.runtime.training;

import io.uad.api.Seed;
import io.uad.api.backbone.Network;
import io.uad.api.engine.SessionState.Kind;
import io.uad.api.engine.TrainingSession;
import io.uad.runtime.backbone.Initialization;
import io.uad.runtime.config.TrainingSettings.HeadStart;

/** Installs the head of an epoch: as wide as there are clusters, drawn anew or with the outputs of clusters that went on. */
final class NewHead {
    private final Network network;
    private final TrainingSession session;
    private final HeadStart start;
    private final Seed seed;

    /** @param seed of all heads of the run */
    NewHead(Network network, TrainingSession session, HeadStart start, Seed seed) {
        this.network = network;
        this.session = session;
        this.start = start;
        this.seed = seed;
    }

    /**
     * Replaces the session's head.
     *
     * @return how many outputs were taken over from the head before
     */
    int install(EpochPlan plan) {
        var classes = plan.classes();
        var weight = Initialization.headWeight(network, classes, seed.derive(plan.epoch()));
        var bias = new float[classes];
        var carried = start == HeadStart.MATCHED ? carryOver(plan, weight, bias) : 0;
        session.replaceHead(classes, weight, bias);
        return carried;
    }

    private int carryOver(EpochPlan plan, float[] weight, float[] bias) {
        var before = plan.previousLabels();
        var state = session.state().read(Kind.WEIGHTS);
        if (before == null || !state.has(network.head() + ".weight")) {
            return 0;
        }
        var oldWeight = state.get(network.head() + ".weight").floats();
        var oldBias = state.get(network.head() + ".bias").floats();
        if (oldBias.length != Outputs.count(Outputs.of(before))) {
            return 0; // the head of other pseudo-labels than those
        }
        var features = network.featureCount();
        var continued = OutputMatching.match(before, plan.labels());
        var carried = 0;
        for (var output = 0; output < continued.length; output++) {
            var old = continued[output];
            if (old >= 0) {
                System.arraycopy(oldWeight, old * features, weight, output * features, features);
                bias[output] = oldBias[old];
                carried++;
            }
        }
        return carried;
    }
}
