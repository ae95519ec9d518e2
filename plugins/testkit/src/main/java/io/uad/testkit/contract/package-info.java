/**
 * What every plugin promises, as tests: an abstract class per stage, which a plugin's own test extends.
 *
 * <pre>{@code
 * class MyClusteringContractTest extends ClusteringContract {
 *     @Override
 *     protected ClusteringProvider provider() {
 *         return new MyProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>The options are those that {@link io.uad.api.Option} gives as defaults; a provider that has none for some of them, or
 * whose defaults ask for more rows than a test has, overrides {@link io.uad.testkit.contract.ProviderContract#options()}.
 * {@link io.uad.testkit.contract.Contracts} runs the same checks on any provider without a test class.
 *
 * <p>Everything is checked on a few small inputs in plain Java: no file, no network, no device but an engine's own.
 */
@NullMarked
package io.uad.testkit.contract;

import org.jspecify.annotations.NullMarked;
