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
        return PluginContract.guard(component, engine::capabilities);
    }

    @Override
    public TrainingSession open(Network network, NamedTensors state) {
        return new Session(component, PluginContract.guard(component, () -> engine.open(network, state)));
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return PluginContract.guard(component, engine::linearAlgebra);
    }

    @Override
    public void close() {
        engine.close();
    }

    private record Session(RegisteredComponent component, TrainingSession session) implements TrainingSession {
        @Override
        public List<Activation> forward(Batch batch, List<TapSelection> selections) {
            return PluginContract.guard(component, () -> session.forward(batch, selections));
        }

        @Override
        public StepOutcome backward(LabelledBatch batch, DropoutSeed dropout) {
            return PluginContract.guard(component, () -> session.backward(batch, dropout));
        }

        @Override
        public void update(Sgd body, Sgd head, double maxGradientNorm) {
            PluginContract.guard(component, () -> {
                session.update(body, head, maxGradientNorm);
                return session;
            });
        }

        @Override
        public void replaceHead(int classes, float[] weight, float[] bias) {
            PluginContract.guard(component, () -> {
                session.replaceHead(classes, weight, bias);
                return session;
            });
        }

        @Override
        public SessionState state() {
            var state = session.state();
            return new SessionState() {
                @Override
                public NamedTensors read(Kind kind) {
                    return PluginContract.guard(component, () -> state.read(kind));
                }

                @Override
                public void write(Kind kind, NamedTensors values) {
                    PluginContract.guard(component, () -> {
                        state.write(kind, values);
                        return state;
                    });
                }
            };
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
