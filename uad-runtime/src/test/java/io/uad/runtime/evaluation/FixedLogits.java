package io.uad.runtime.evaluation;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.TensorShape;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.JavaLinearAlgebra;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StepOutcome;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import java.util.ArrayList;
import java.util.List;

/** An engine that answers every forward with the same logits, and writes down the rules of its updates. */
final class FixedLogits implements Engine, TrainingSession {
    final List<Sgd> rules = new ArrayList<>();
    float[] logits = {};
    double loss = 1;
    private int classes = 1;

    @Override
    public EngineCapabilities capabilities() {
        return EngineCapabilities.ofCpu("fixed", 1);
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        return this;
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return new JavaLinearAlgebra();
    }

    @Override
    public List<Activation> forward(Batch batch, List<TapSelection> selections) {
        return List.of(new Activation(Network.TOP, logits.length / classes, TensorShape.vector(classes), logits));
    }

    @Override
    public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
        return new StepOutcome(loss, 0);
    }

    @Override
    public void update(Sgd body, Sgd head, double maxGradientNorm) {
        rules.add(head);
    }

    @Override
    public void replaceHead(int newClasses, float[] weight, float[] bias) {
        classes = newClasses;
    }

    @Override
    public SessionState state() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
