package io.uad.runtime.plugin;

import io.uad.api.Batch;
import io.uad.api.NamedTensors;
import io.uad.api.backbone.Network;
import io.uad.api.engine.Activation;
import io.uad.api.engine.DropoutSeed;
import io.uad.api.engine.Engine;
import io.uad.api.engine.EngineCapabilities;
import io.uad.api.engine.LabelledBatch;
import io.uad.api.engine.LinearAlgebra;
import io.uad.api.engine.Membership;
import io.uad.api.engine.ProcessGroup;
import io.uad.api.engine.SessionState;
import io.uad.api.engine.Sgd;
import io.uad.api.engine.StepOutcome;
import io.uad.api.engine.TapSelection;
import io.uad.api.engine.TrainingSession;
import java.util.List;

/** An engine whose failures name it, wherever in a run they happen. */
record GuardedEngine(RegisteredComponent component, Engine engine) implements Engine {
    @Override
    public EngineCapabilities capabilities() {
        return PluginContract.guard(component, "capabilities()", engine::capabilities);
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        return new Session(component, PluginContract.guard(component, "open()", () -> engine.open(network, state)));
    }

    @Override
    public ProcessGroup join(Membership membership) {
        return new Group(component, PluginContract.guard(component, "join()", () -> engine.join(membership)));
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return new GuardedLinearAlgebra(
                component, PluginContract.guard(component, "linearAlgebra()", engine::linearAlgebra));
    }

    @Override
    public void close() {
        PluginContract.run(component, engine::close);
    }

    record Group(RegisteredComponent component, ProcessGroup group) implements ProcessGroup {
        @Override
        public int rank() {
            return PluginContract.guard(component, "rank()", group::rank);
        }

        @Override
        public int size() {
            return PluginContract.guard(component, "size()", group::size);
        }

        @Override
        public void sum(double[] values) {
            PluginContract.run(component, () -> group.sum(values));
        }

        @Override
        public byte[] broadcast(byte[] values) {
            return PluginContract.guard(component, "broadcast()", () -> group.broadcast(values));
        }

        @Override
        public List<byte[]> gather(byte[] values) {
            return PluginContract.guard(component, "gather()", () -> group.gather(values));
        }

        @Override
        public void close() {
            PluginContract.run(component, group::close);
        }
    }

    record Session(RegisteredComponent component, TrainingSession session) implements TrainingSession {
        @Override
        public void prepare(Batch batch) {
            PluginContract.run(component, () -> session.prepare(batch));
        }

        @Override
        public List<Activation> forward(Batch batch, List<TapSelection> selections) {
            return PluginContract.guard(component, "forward()", () -> session.forward(batch, selections));
        }

        @Override
        public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
            return PluginContract.guard(component, "backward()", () -> session.backward(batch, dropout));
        }

        @Override
        public void update(Sgd body, Sgd head, double maxGradientNorm) {
            PluginContract.run(component, () -> session.update(body, head, maxGradientNorm));
        }

        @Override
        public void update(Sgd body, Sgd head) {
            PluginContract.run(component, () -> session.update(body, head));
        }

        @Override
        public void replaceHead(int classes, float[] weight, float[] bias) {
            PluginContract.run(component, () -> session.replaceHead(classes, weight, bias));
        }

        @Override
        public SessionState state() {
            return new State(component, PluginContract.guard(component, "state()", session::state));
        }

        @Override
        public void close() {
            PluginContract.run(component, session::close);
        }
    }

    record State(RegisteredComponent component, SessionState state) implements SessionState {
        @Override
        public NamedTensors read(Kind kind) {
            return PluginContract.guard(component, "read()", () -> state.read(kind));
        }

        @Override
        public void write(Kind kind, NamedTensors values) {
            PluginContract.run(component, () -> state.write(kind, values));
        }
    }
}
