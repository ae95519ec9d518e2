package io.uad.testkit.contract;

import io.uad.api.ComponentProvider;
import io.uad.api.Options;
import io.uad.api.backbone.BackboneProvider;
import io.uad.api.clustering.ClusteringProvider;
import io.uad.api.dataset.DatasetProvider;
import io.uad.api.engine.EngineProvider;
import io.uad.api.fusion.FusionProvider;
import io.uad.api.image.DecoderProvider;
import io.uad.api.listener.ListenerProvider;
import io.uad.api.reduction.ReductionProvider;
import io.uad.api.uncertainty.UncertaintyProvider;
import io.uad.testkit.contract.Scorecard.Check;
import io.uad.testkit.contract.Scorecard.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Runs the contract of a provider's stage without a test class of its own, as a tool that verifies plugins does. */
public final class Contracts {
    private Contracts() {}

    /**
     * Checks a provider with the defaults of its options. What needs an option that has no default is not checked.
     *
     * @throws IllegalArgumentException if the provider is of no stage
     */
    public static Scorecard run(ComponentProvider<?> provider) {
        return run(provider, null, fact -> true);
    }

    /**
     * Checks a provider with those options.
     *
     * @param options of the provider's type
     * @throws IllegalArgumentException if the provider is of no stage
     */
    public static Scorecard run(ComponentProvider<?> provider, Options options) {
        return run(provider, options, fact -> true);
    }

    /** Those checks only whose names in words are asked for. */
    static Scorecard run(ComponentProvider<?> provider, @Nullable Options options, Predicate<String> asked) {
        var checks = new ArrayList<Check>();
        for (var fact : facts(contract(provider).getClass())) {
            if (asked.test(words(fact.getName()))) {
                checks.add(check(contract(provider).with(options), fact));
            }
        }
        return new Scorecard(provider.name(), checks);
    }

    private static Check check(ProviderContract<?, ?> contract, Method fact) {
        var name = words(fact.getName());
        try {
            fact.invoke(contract);
            return new Check(name, Outcome.PASSED, "");
        } catch (InvocationTargetException e) {
            return unmet(name, e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the check cannot be called: " + fact, e);
        }
    }

    private static Check unmet(String name, Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        if (cause instanceof NoDefaultException) {
            return new Check(name, Outcome.NOT_CHECKED, message);
        }
        if (cause instanceof TestAbortedException) {
            return new Check(name, Outcome.NOT_CHECKED, message.replaceFirst("^Assumption failed: ", ""));
        }
        // What another kind of exception says makes sense with its name only.
        return new Check(name, Outcome.FAILED, cause instanceof AssertionError ? message : cause.toString());
    }

    /** The checks, those of every provider first. */
    private static List<Method> facts(Class<?> contract) {
        var facts = new ArrayList<Method>();
        for (Class<?> type = contract; type != null && type != Object.class; type = type.getSuperclass()) {
            var own = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
            facts.addAll(0, own);
        }
        return facts;
    }

    /** {@code noiseWeighsNothing} as {@code noise weighs nothing}. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static ProviderContract<?, ?> contract(ComponentProvider<?> provider) {
        if (provider instanceof DatasetProvider dataset) {
            return new DatasetContract() {
                @Override
                protected DatasetProvider provider() {
                    return dataset;
                }
            };
        }
        if (provider instanceof DecoderProvider decoder) {
            return new DecoderContract() {
                @Override
                protected DecoderProvider provider() {
                    return decoder;
                }
            };
        }
        if (provider instanceof BackboneProvider backbone) {
            return new BackboneContract() {
                @Override
                protected BackboneProvider provider() {
                    return backbone;
                }
            };
        }
        if (provider instanceof EngineProvider engine) {
            return new EngineContract() {
                @Override
                protected EngineProvider provider() {
                    return engine;
                }
            };
        }
        if (provider instanceof FusionProvider fusion) {
            return new FusionContract() {
                @Override
                protected FusionProvider provider() {
                    return fusion;
                }
            };
        }
        if (provider instanceof ReductionProvider reduction) {
            return new ReductionContract() {
                @Override
                protected ReductionProvider provider() {
                    return reduction;
                }
            };
        }
        if (provider instanceof ClusteringProvider clustering) {
            return new ClusteringContract() {
                @Override
                protected ClusteringProvider provider() {
                    return clustering;
                }
            };
        }
        if (provider instanceof UncertaintyProvider uncertainty) {
            return new UncertaintyContract() {
                @Override
                protected UncertaintyProvider provider() {
                    return uncertainty;
                }
            };
        }
        if (provider instanceof ListenerProvider listener) {
            return new ListenerContract() {
                @Override
                protected ListenerProvider provider() {
                    return listener;
                }
            };
        }
        throw new IllegalArgumentException(provider.getClass() + " is of no stage");
    }
}
