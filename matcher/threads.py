"""How many threads numpy's products of matrices may take."""

from threadpoolctl import threadpool_limits


def one_thread_for_products() -> None:
    """Multiply matrices in one thread from here on.

    The products of one question take a millisecond. To share them between threads gains nothing, and where the
    processor is busy each waits for the other: a hundred times longer, measured on two cores.
    """
    threadpool_limits(limits=1, user_api="blas")
