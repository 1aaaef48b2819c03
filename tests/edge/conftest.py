from tests.support_edge import edge

__all__ = ["edge"]
