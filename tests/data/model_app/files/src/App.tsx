import { Route, Routes } from "react-router-dom";

import { AppLayout } from "@/components/AppLayout";
import { NotFoundPage } from "@/pages/NotFoundPage";
import { PlanPage } from "@/pages/PlanPage";
import { RecipePage } from "@/pages/RecipePage";
import { RecipesPage } from "@/pages/RecipesPage";
import { ShoppingPage } from "@/pages/ShoppingPage";

export default function App() {
  return (
    <Routes>
      <Route element={<AppLayout />}>
        <Route index element={<RecipesPage />} />
        <Route path="recipes/:id" element={<RecipePage />} />
        <Route path="plan" element={<PlanPage />} />
        <Route path="shopping" element={<ShoppingPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
