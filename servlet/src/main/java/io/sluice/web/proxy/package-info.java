/** What proxies in front of the gateway say of a request. */
@NullMarked
package io.sluice.web.proxy;

import org.jspecify.annotations.NullMarked;
